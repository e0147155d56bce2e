/**
 * A release through the configuration repository, for real: git, yq and Helm on a bare repository of this test. Bumped, again, by two at
 * once, promoted, taken back by a revert.
 */
import { spawn, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { findHelm, findYq } from "../support/tools.ts";
import { type Ended, root } from "./command.ts";

// The first run builds yq.
jest.setTimeout(180_000);

const yq = findYq();
const helm = findHelm();
const folder = mkdtempSync(join(tmpdir(), "mainline-release-"));
const bare = join(folder, "shop-config.git");
const checkout = join(folder, "checkout");
const url = `file://${bare}`;
const digest = `sha256:${"a1".repeat(32)}`;
const people = { GIT_AUTHOR_NAME: "p", GIT_AUTHOR_EMAIL: "p@example.com", GIT_COMMITTER_NAME: "p", GIT_COMMITTER_EMAIL: "p@example.com" };
const env = { PATH: process.env.PATH, HOME: folder, YQ: yq.path, GIT_CONFIG_NOSYSTEM: "1" };

function git(cwd: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("git", args, { cwd, encoding: "utf8", env: { ...env, ...people } });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

async function script(name: string, args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(join(root, "gitops/bin", name), args, { cwd: folder, env: { ...env, ...more } });
  const text = { out: "", err: "" };
  child.stdout.on("data", (chunk: Buffer) => {
    text.out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    text.err += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...text })));
}

const bump = async (...words: string[]) => script("bump-image", ["--repository", url, ...words]);
const promote = async (...words: string[]) => script("promote", ["--repository", url, ...words]);
const fileAt = (ref: string, environment: string) => git(bare, "show", `${ref}:services/shop-api/image-${environment}.yaml`);
const imageAt = (ref: string, environment: string) =>
  (parse(fileAt(ref, environment)) as { image: { tag: string; digest?: string } }).image;
const commits = (ref = "main") => Number(git(bare, "rev-list", "--count", ref));

const reason = yq.missing || (spawnSync("git", ["--version"]).error ? "git is not on the PATH" : "");

(reason ? describe.skip : describe)(`a release${reason && ` (skipped: ${reason})`}`, () => {
  beforeAll(() => {
    cpSync(join(root, "gitops/config"), checkout, { recursive: true });
    git(checkout, "init", "--quiet", "--initial-branch", "main");
    git(checkout, "add", "--all");
    git(checkout, "commit", "--quiet", "--message", "The beginning");
    git(folder, "clone", "--quiet", "--bare", checkout, bare);
    git(checkout, "remote", "add", "origin", url);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("is one commit of the bot that changes the image and nothing else", async () => {
    const before = fileAt("main", "dev");
    const note = "Source: https://github.com/example/shop-api/commit/3f9c2d1";
    expect(await bump("shop-api", "dev", "1.4.2", "--digest", digest, "--note", note)).toEqual({
      code: 0,
      out: "shop-api in dev: 0.1.0 -> 1.4.2\n",
      err: "",
    });
    expect(fileAt("main", "dev")).toBe(before.replace('  tag: "0.1.0"', `  tag: "1.4.2"\n  digest: ${digest}`));
    expect(git(bare, "show", "--no-patch", "--format=%an <%ae>%n%s%n%(trailers)", "main")).toBe(
      `delivery-bot <delivery-bot@example.com>\nshop-api: 1.4.2 in dev\n${note}`,
    );
    expect(git(bare, "diff", "--name-only", "main~1", "main")).toBe("services/shop-api/image-dev.yaml");
  });

  test("again is no commit; without a digest the old one goes", async () => {
    const before = commits();
    expect(await bump("shop-api", "dev", "1.4.2", "--digest", digest)).toMatchObject({
      code: 0,
      out: "shop-api in dev: 1.4.2 is there already\n",
    });
    expect(commits()).toBe(before);
    expect(await bump("shop-api", "dev", "1.10")).toMatchObject({ code: 0 });
    // Text, and not the number 1.1.
    expect(imageAt("main", "dev")).toEqual({ tag: "1.10" });
  });

  test("loses nothing where another is faster: both are on the branch", async () => {
    const other = join(folder, "faster");
    git(folder, "clone", "--quiet", url, other);
    writeFileSync(join(other, "services/shop-api/values.yaml"), `${fileText(other)}replicas: 3\n`);
    git(other, "commit", "--quiet", "--all", "--message", "Somebody else");
    // The hook lets the faster one in while the slower one pushes for the first time.
    const hook = join(bare, "hooks/pre-receive");
    writeFileSync(
      hook,
      `#!/bin/sh\nrm "$0"\nunset $(env | sed -n "s/^\\(GIT_[A-Z_]*\\)=.*/\\1/p")\ngit -C ${other} push --quiet origin main\n`,
    );
    chmodSync(hook, 0o755);
    const { code, out, err } = await bump("shop-api", "dev", "1.5.0");
    expect({ code, out }).toEqual({ code: 0, out: "shop-api in dev: 1.10 -> 1.5.0\n" });
    expect(err).toMatch(/main moved on; once more on top of it \(1 of 5\)/);
    expect(git(bare, "log", "-2", "--format=%s", "main").split("\n")).toEqual(["shop-api: 1.5.0 in dev", "Somebody else"]);
  });

  test("of five services at once is five commits", async () => {
    git(checkout, "pull", "--quiet", "origin", "main");
    const services = ["a", "b", "c", "d", "e"].map((name) => `shop-${name}`);
    for (const service of services) cpSync(join(checkout, "services/shop-api"), join(checkout, "services", service), { recursive: true });
    git(checkout, "add", "--all");
    git(checkout, "commit", "--quiet", "--message", "Five more");
    git(checkout, "push", "--quiet", "origin", "main");
    const before = commits();
    const ended = await Promise.all(services.map(async (service) => bump(service, "dev", "2.0.0")));
    expect(ended.map(({ code, err }) => (code === 0 ? 0 : err))).toEqual(services.map(() => 0));
    expect(commits()).toBe(before + services.length);
  });

  test("is promoted by a branch and a pull request; nothing to promote is said; run again, the branch moves on", async () => {
    const before = git(bare, "rev-parse", "main");
    expect(await promote("shop-api", "staging")).toMatchObject({
      code: 0,
      out: expect.stringContaining("shop-api in staging: 0.1.0 -> 1.5.0, proposed on promote/shop-api/staging"),
    });
    expect(git(bare, "rev-parse", "main")).toBe(before);
    expect(imageAt("promote/shop-api/staging", "staging")).toEqual({ tag: "1.5.0" });

    await bump("shop-api", "dev", "1.6.0", "--digest", digest);
    const log = join(folder, "gh.log");
    const gh = join(folder, "gh");
    writeFileSync(
      gh,
      `#!/bin/sh\nprintf '%s\\n' "$*" >>${log}\n[ "$2" = create ] && echo https://github.com/example/shop-config/pull/7\nexit 0\n`,
    );
    chmodSync(gh, 0o755);
    const proposed = await script("promote", ["shop-api", "staging", "--repository", url], {
      PATH: `${folder}:${env.PATH}`,
      GH_TOKEN: "secret",
    });
    expect(proposed).toMatchObject({ code: 0, out: expect.stringMatching(/1\.6\.0, proposed on .*\n.*\/pull\/7\n/) });
    expect(readFileSync(log, "utf8")).toContain("pr create --base main --head promote/shop-api/staging --title shop-api: 1.6.0 in staging");
    expect(imageAt("promote/shop-api/staging", "staging")).toEqual({ tag: "1.6.0", digest });

    git(checkout, "pull", "--quiet", "origin", "main");
    git(checkout, "fetch", "--quiet", "origin", "promote/shop-api/staging");
    git(checkout, "merge", "--quiet", "--no-edit", "FETCH_HEAD");
    git(checkout, "push", "--quiet", "origin", "main");
    expect(await promote("shop-api", "staging")).toMatchObject({ code: 0, out: "shop-api in staging: 1.6.0 is there already\n" });
    expect(await promote("shop-api", "prod")).toMatchObject({ code: 0, out: expect.stringContaining("0.1.0 -> 1.6.0") });
  });

  (helm.missing ? test.skip : test)(`is taken back by a revert${helm.missing && ` (skipped: ${helm.missing})`}`, async () => {
    const rendered = () => {
      git(checkout, "pull", "--quiet", "origin", "main");
      const files = ["values.yaml", "values-dev.yaml", "image-dev.yaml"].flatMap((name) => [
        "--values",
        join(checkout, "services/shop-api", name),
      ]);
      const args = ["template", "shop-api", join(root, "gitops/charts/service"), ...files, "--show-only", "templates/workload.yaml"];
      const { stdout, stderr } = spawnSync(helm.path, args, { encoding: "utf8" });
      return /image: \S+:(\S+)/.exec(stdout)?.[1] ?? stderr;
    };
    await bump("shop-api", "dev", "1.7.0");
    await bump("shop-api", "dev", "1.8.0");
    expect(rendered()).toBe("1.8.0");
    git(checkout, "revert", "--no-edit", "HEAD");
    git(checkout, "push", "--quiet", "origin", "main");
    expect(rendered()).toBe("1.7.0");
  });

  test.each([
    ["a moving tag", ["shop-api", "dev", "latest"], 64, /"latest" is no tag that stays/],
    ["words that are none", ["shop-api", "dev", '1"; .x = "1'], 64, /is no tag that stays/],
    ["a path as a service", ["../shop-api", "dev", "1.0.0"], 64, /is no name of a service/],
    ["a short digest", ["shop-api", "dev", "1.0.0", "--digest", "sha256:12"], 64, /64 hexadecimal digits/],
    ["an unknown option", ["shop-api", "dev", "1.0.0", "--force"], 64, /no option --force/],
    ["an option without its value", ["shop-api", "dev", "1.0.0", "--digest"], 64, /--digest needs a value/],
    [
      "an unknown service",
      ["shop-web", "dev", "1.0.0"],
      1,
      /has no services\/shop-web\/image-dev\.yaml\. Services there: shop-a .*shop-api/,
    ],
    ["an environment that is promoted to", ["shop-api", "prod", "1.0.0"], 1, /promote shop-api prod\. Pipelines write dev/],
  ])("refuses %s, and writes nothing", async (_, words, code, message) => {
    const before = commits();
    const ended = await bump(...words);
    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
    expect(ended.err).toMatch(message);
    expect(commits()).toBe(before);
  });

  test.each([
    ["the first environment", ["shop-api", "dev"], /dev is the first/],
    ["an unknown one", ["shop-api", "test"], /promotion\.yaml has no test, but dev staging prod/],
  ])("promote refuses %s", async (_, words, message) => {
    expect(await promote(...words)).toMatchObject({ code: 1, err: expect.stringMatching(message) });
  });

  test("a branch that takes no pushes is told as it is, without trying again", async () => {
    const hook = join(bare, "hooks/pre-receive");
    writeFileSync(hook, "#!/bin/sh\necho main is protected >&2\nexit 1\n");
    chmodSync(hook, 0o755);
    const { code, err } = await bump("shop-api", "dev", "9.0.0");
    rmSync(hook);
    expect(code).toBe(1);
    expect(err).toMatch(/refused the push to main, nothing was changed there:[\s\S]*main is protected/);
    expect(err).not.toContain("once more");
  });

  test("takes yq from the PATH where nothing else is said", async () => {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    symlinkSync(spawnSync("sh", ["-c", `command -v ${yq.path}`], { encoding: "utf8" }).stdout.trim(), join(bin, "yq"));
    const ended = await script("bump-image", ["shop-api", "dev", "9.1.0", "--repository", url], {
      PATH: `${bin}:${env.PATH}`,
      YQ: undefined,
    });
    expect(ended).toMatchObject({ code: 0, err: "" });
  });

  test("another program called yq is told apart", async () => {
    const ended = await script("bump-image", ["shop-api", "dev", "9.0.0", "--repository", url], { YQ: "true" });
    expect(ended).toMatchObject({ code: 1, err: expect.stringContaining("yq 4 of Mike Farah is missing") });
  });
});

function fileText(clone: string): string {
  return readFileSync(join(clone, "services/shop-api/values.yaml"), "utf8");
}
