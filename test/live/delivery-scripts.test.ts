/** Scripts of the pipelines as a pipeline runs them, with an AWS CLI and a Docker that say what they are told. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type Loopback, loopback } from "../modules/ci/slack/slack.ts";
import { root } from "./command.ts";
import { pathWith, run } from "./delivery-tools.ts";
import { type Fakes, fakes } from "./fakes.ts";

let fake: Fakes;
beforeEach(() => {
  fake = fakes();
});
afterEach(() => fake.remove());

const script = (name: string, ...args: readonly string[]) =>
  run(join(root, "delivery/bin", name), args, {
    PATH: pathWith(fake.folder),
    SCAN_ATTEMPTS: "3",
    SCAN_PAUSE: "0",
    DEPLOY_ATTEMPTS: "3",
    DEPLOY_PAUSE: "0",
  });

const commit = "3f9c2d1b4a5e6f708192a3b4c5d6e7f809182736";
const digest = `sha256:${"7f5b2640".repeat(8)}`;
const target = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/shop/shop-api:3f9c2d1b4a5e";
const noImage = "!An error occurred (ImageNotFoundException) when calling the DescribeImages operation";

test.each([
  [[commit], "3f9c2d1b4a5e\n", 0],
  [[commit, "42"], "pr-42-3f9c2d1b4a5e\n", 0],
  [["main"], "", 64],
  [[commit, "x; id"], "", 64],
])("image-tag of %j", (args, out, status) => expect(script("image-tag", ...args)).toMatchObject({ out, status }));

describe("push-image", () => {
  test("pushes, and prints the digest that the registry gave", () => {
    fake.command("aws", noImage, `${digest}\n`);
    fake.command("docker");
    expect(script("push-image", "shop-api:built", target)).toMatchObject({ status: 0, out: `${digest}\n` });
    expect(fake.calls("docker")).toEqual([`tag shop-api:built ${target}`, `push --quiet ${target}`]);
    expect(fake.calls("aws")[0]).toContain("--repository-name shop/shop-api --image-ids imageTag=3f9c2d1b4a5e");
  });

  test("run again, it pushes nothing: tags are immutable", () => {
    fake.command("aws", `${digest}\n`);
    fake.command("docker");
    expect(script("push-image", "shop-api:built", target)).toMatchObject({ status: 0, out: `${digest}\n` });
    expect(fake.calls("docker")).toEqual([]);
  });

  test.each([
    ["the registry does not answer", ["!Unable to locate credentials"], "Unable to locate credentials"],
    ["what was pushed is not there", [noImage, noImage], "the registry does not have it"],
  ])("fails where %s", (_, answers, said) => {
    fake.command("aws", ...answers);
    fake.command("docker");
    expect(script("push-image", "shop-api:built", target)).toMatchObject({ status: 1, out: "", err: expect.stringContaining(said) });
  });

  test.each(["shop-api", "registry/shop-api", "registry/shop-api@sha256:1"])("takes no target such as %s", (wrong) => {
    expect(script("push-image", "shop-api:built", wrong).status).toBe(64);
  });
});

describe("build-image", () => {
  beforeEach(() => writeFileSync(join(fake.folder, "Dockerfile"), "FROM scratch\n"));

  test("builds and pushes in one go, with a login that only the build has", () => {
    fake.command("aws", noImage, "password\n", `${digest}\n`);
    fake.command("buildctl");
    writeFileSync(
      join(fake.folder, "buildctl"),
      `${readFileSync(join(fake.folder, "buildctl"), "utf8")}cp "$DOCKER_CONFIG/config.json" ${fake.folder}/login\n`,
    );
    expect(script("build-image", fake.folder, target)).toMatchObject({ status: 0, out: `${digest}\n` });
    expect(fake.calls("buildctl")).toEqual([
      `build --frontend dockerfile.v0 --local context=${fake.folder} --local dockerfile=${fake.folder} --output type=image,name=${target},push=true`,
    ]);
    const auth = Buffer.from("AWS:password").toString("base64");
    expect(JSON.parse(readFileSync(join(fake.folder, "login"), "utf8"))).toEqual({ auths: { [target.split("/")[0] ?? ""]: { auth } } });
  });

  test("builds nothing that is there, and nothing without a Dockerfile", () => {
    fake.command("aws", `${digest}\n`);
    fake.command("buildctl");
    expect(script("build-image", fake.folder, target)).toMatchObject({ status: 0, out: `${digest}\n` });
    expect(fake.calls("buildctl")).toEqual([]);
    expect(script("build-image", join(fake.folder, "none"), target).status).toBe(64);
  });
});

describe("wait-for-codedeploy", () => {
  const answer = (status: string, more: object = {}) => JSON.stringify({ status, ...more });
  const failed = {
    errorInformation: { code: "HEALTH_CONSTRAINTS", message: "too few healthy" },
    rollbackInfo: { rollbackDeploymentId: "d-ROLLBACK1" },
  };

  test.each([
    ["success", [answer("Queued"), answer("InProgress"), answer("Succeeded")], 0, ""],
    [
      "failure with its rollback",
      [answer("Failed", failed)],
      1,
      "d-AB1CD2EF3 Failed: HEALTH_CONSTRAINTS, too few healthy; rolled back by d-ROLLBACK1",
    ],
    ["somebody's stop", [answer("Stopped")], 1, "Stopped: no code, no message"],
    ["no end", [answer("Ready"), answer("Ready"), answer("Ready"), answer("Succeeded")], 1, "still Ready after 3 looks"],
    ["a role that may not look", ["!AccessDenied"], 254, "AccessDenied"],
  ])("%s", (_, answers, status, said) => {
    fake.command("aws", ...answers);
    expect(script("wait-for-codedeploy", "d-AB1CD2EF3")).toMatchObject({ status, err: expect.stringContaining(said) });
  });

  test("takes no other words", () => expect(script("wait-for-codedeploy", "prod; id").status).toBe(64));
});

describe("wait-for-argocd", () => {
  test("asks for the newest commit first", () => {
    fake.command("argocd");
    expect(script("wait-for-argocd", "shop-api", "60").status).toBe(0);
    expect(fake.calls("argocd")).toEqual([
      "app get shop-api --refresh --output json",
      "app wait shop-api --sync --operation --health --timeout 60",
    ]);
  });

  test("fails with the state of the application", () => {
    fake.command("argocd", "", "!timed out", "Health Status: Degraded\n");
    expect(script("wait-for-argocd", "shop-api", "60")).toMatchObject({
      status: 1,
      err: expect.stringContaining("Health Status: Degraded"),
    });
    expect(script("wait-for-argocd", "--help").status).toBe(64);
  });
});

describe("wait-for-scan", () => {
  const answer = (status: string, counts: object | null = null, ended: string | null = null) =>
    JSON.stringify({ status: { status, description: "because" }, ended, counts });
  const scan = (...more: readonly string[]) => script("wait-for-scan", "shop/shop-api", digest, ...more);
  const empty = answer("ACTIVE");
  const inspector = (...reasons: readonly string[]) => JSON.stringify(reasons);

  test.each([
    ["basic scan without findings", [answer("COMPLETE", {}, "2026-11-21T18:00:00+09:00")], 0, ""],
    ["enhanced scan", [answer("ACTIVE", { MEDIUM: 3, LOW: 9 })], 0, ""],
    ["scan that begins late", ["!An error occurred (ScanNotFoundException)", answer("IN_PROGRESS"), answer("COMPLETE", { LOW: 1 })], 0, ""],
    ["image that Inspector found clean", [empty, inspector("SUCCESSFUL"), empty, inspector("SUCCESSFUL")], 0, ""],
    [
      "image that has no findings only because nobody has looked",
      [empty, inspector(), empty, inspector("PENDING_INITIAL_SCAN"), answer("ACTIVE", { CRITICAL: 1 })],
      1,
      "has 1 CRITICAL",
    ],
    ["finding that ECR learns of late", [empty, inspector("SUCCESSFUL"), answer("ACTIVE", { HIGH: 1 })], 1, "has 1 HIGH"],
    ["image that Inspector leaves out", [empty, inspector("IMAGE_SIZE_EXCEEDED")], 1, "not scanned by Inspector (IMAGE_SIZE_EXCEEDED)"],
    ["role that may not ask Inspector", [empty, "!AccessDeniedException"], 1, "AccessDeniedException"],
    ["critical finding", [answer("COMPLETE", { CRITICAL: 1, HIGH: 2, LOW: 1 })], 1, "has 1 CRITICAL, 2 HIGH; at most MEDIUM is allowed"],
    ["severity that nobody knows", [answer("COMPLETE", { APOCALYPTIC: 1 })], 1, "has 1 APOCALYPTIC"],
    ["image that cannot be scanned", [answer("UNSUPPORTED_IMAGE")], 1, "cannot be judged: UNSUPPORTED_IMAGE, because"],
    [
      "scan that does not end",
      [answer("PENDING"), answer("PENDING"), answer("PENDING"), answer("COMPLETE", {})],
      1,
      "no result after 3 looks",
    ],
    ["role that may not look", ["!AccessDeniedException"], 1, "AccessDeniedException"],
  ])("%s", (_, answers, status, said) => {
    fake.command("aws", ...answers);
    expect(scan()).toMatchObject({ status, err: expect.stringContaining(said) });
  });

  test("what is allowed can be said", () => {
    fake.command("aws", answer("COMPLETE", { HIGH: 2 }));
    expect(scan("HIGH").status).toBe(0);
    expect(scan("SOME").status).toBe(64);
  });
});

describe("slack", () => {
  let slack: Loopback;
  beforeEach(async () => {
    slack = await loopback();
  });
  afterEach(() => slack.close());

  /** Not spawnSync: this process answers. */
  function told(env: Readonly<Record<string, string>>): Promise<{ code: number | null; out: string }> {
    const child = spawn(join(root, "delivery/bin/slack"), { env: { PATH: process.env.PATH, ...env } });
    let out = "";
    const hear = (chunk: Buffer) => {
      out += chunk;
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, out })));
  }

  const run = {
    STATUS: "failure",
    REPOSITORY: "example/shop-api",
    REF: "main",
    ACTOR: "kim",
    RUN_URL: "https://github.com/example/shop-api/actions/runs/7",
  };

  test("one message, whatever the title holds", async () => {
    const TITLE = '<!channel> $(touch pwned) `id` "quoted" & more';
    expect(await told({ ...run, SLACK_WEBHOOK: `${slack.url}/hook`, TITLE, TEXT: "line\n```<@U1>" })).toEqual({ code: 0, out: "" });
    expect(slack.sent.map(({ path }) => path)).toEqual(["/hook"]);
    expect(slack.sent[0]?.body).toMatchObject({
      text: 'failure: &lt;!channel&gt; $(touch pwned) `id` "quoted" &amp; more',
      attachments: [
        { color: "#a30200", blocks: [{ type: "header" }, { text: { text: "```line\n'''&lt;@U1&gt;```" } }, { type: "context" }] },
      ],
    });
  });

  test("texts of any length are cut to Slack's limits of 150 and 3000", async () => {
    await told({ ...run, SLACK_WEBHOOK: slack.url, TITLE: "<".repeat(5000), TEXT: "&".repeat(50_000) });
    const [attachment] = (slack.sent[0]?.body.attachments ?? []) as readonly {
      readonly blocks: readonly { readonly text?: { readonly text: string } }[];
    }[];
    const lengths = attachment?.blocks.slice(0, 2).map(({ text }) => text?.text.length);
    expect(lengths).toEqual([150, 2748]);
  });

  test("without a webhook, or without a Slack, the build goes on", async () => {
    expect(await told(run)).toMatchObject({ code: 0, out: expect.stringContaining("no webhook") });
    slack.answer({ status: 404, body: "no_service" });
    expect(await told({ ...run, SLACK_WEBHOOK: slack.url })).toMatchObject({ code: 0, out: expect.stringContaining("was not sent") });
  });
});
