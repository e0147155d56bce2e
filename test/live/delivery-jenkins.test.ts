/** Jenkinsfiles and the shared library, played by the Groovy that Jenkins has: which steps they take, with which words, and in which order. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { root } from "./command.ts";
import { groovy, run } from "./delivery-tools.ts";

interface Call {
  readonly step: string;
  readonly words?: readonly unknown[];
  readonly command?: string;
  readonly env?: readonly string[];
  readonly skipped?: boolean;
}

interface Played {
  readonly calls: readonly Call[];
  readonly value: string | null;
  readonly error?: string;
  readonly result: string;
}

interface Scenario {
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly args?: readonly unknown[];
  /** What commands print, by how they begin. */
  readonly sh?: Readonly<Record<string, string | { readonly fails: number }>>;
  /** A step that fails. */
  readonly refuses?: string;
}

const commit = "3f9c2d1b4a5e6f708192a3b4c5d6e7f809182736";
const build = {
  GIT_COMMIT: commit,
  WORKSPACE_TMP: "/tmp/w",
  BUILD_URL: "https://jenkins.example.com/job/1/",
  BUILD_NUMBER: "1",
  JOB_NAME: "shop-api",
};
const shell = { "image-tag": "3f9c2d1b4a5e\n", "build-image": "sha256:1\n" };
const main = { file: "Jenkinsfile", env: { ...build, BRANCH_NAME: "main" }, sh: shell };

const scenarios = {
  main,
  "pull request": { ...main, env: { ...build, BRANCH_NAME: "PR-7", CHANGE_ID: "7" } },
  "not to be deployed": { ...main, params: { DEPLOY: false } },
  "tests fail": { ...main, sh: { ...shell, "npm ci": { fails: 1 } } },
  "scan fails": { ...main, sh: { ...shell, "wait-for-scan": { fails: 1 } } },
  "nobody approves": { ...main, refuses: "input" },
  "deployment fails": { ...main, sh: { ...shell, "wait-for-argocd": { fails: 1 } } },
  "Slack is away": { ...main, refuses: "slackSend" },
  cleanup: { file: "Jenkinsfile.cleanup" },
  "cleanup of nonsense": { file: "Jenkinsfile.cleanup", params: { KEEP_HOURS: "1h; reboot", AGENTS: "docker-1" } },
  "tag of a pull request": { file: "vars/imageTag.groovy", env: { ...build, CHANGE_ID: "7" }, sh: { "image-tag": "pr-7-3f9c2d1b4a5e\n" } },
  codedeploy: { file: "vars/waitForDeployment.groovy", args: [{ codedeploy: "d-AB1CD2EF3" }] },
  "half a wait": { file: "vars/waitForDeployment.groovy", args: [{ argocd: "shop-api" }] },
  "hostile branch": {
    file: "vars/notifySlack.groovy",
    args: [{ channel: "#shop" }],
    env: { ...build, BRANCH_NAME: "<!channel>", JOB_NAME: "a & <@U1>" },
  },
} satisfies Record<string, Scenario>;

const { path, missing } = groovy();
const played = {} as Record<keyof typeof scenarios, Played>;

/** Groovy 2.4 is older than the modules of Java: it looks into these two. */
const java = ["java.lang", "java.util"].flatMap((name) => ["--add-opens", `java.base/${name}=ALL-UNNAMED`]);

beforeAll(() => {
  if (missing) return;
  // One Java for all: each takes longer to start than to play.
  const words = [...java, "-cp", path, "groovy.ui.GroovyMain", join(root, "test/live/jenkins/Play.groovy"), join(root, "delivery/jenkins")];
  const { out, err } = run("java", words, {}, JSON.stringify(Object.values(scenarios)));
  if (out === "") throw new Error(err);
  const answers = JSON.parse(out) as readonly Played[];
  for (const [index, name] of Object.keys(scenarios).entries()) Object.assign(played, { [name]: answers[index] });
}, 300_000);

const stages = ({ calls }: Played) => calls.filter(({ step, skipped }) => step === "stage" && !skipped).map(({ words }) => words?.[0]);
const commands = ({ calls }: Played) => calls.filter(({ step }) => step === "sh").map(({ command }) => command?.split(" ")[0]);
const steps = ({ calls }: Played) => calls.map(({ step }) => step);
const shells = (name: keyof typeof scenarios, command: string) => played[name].calls.find((call) => call.command?.startsWith(command));

(missing ? describe.skip : describe)(`Jenkins${missing && ` (skipped: ${missing})`}`, () => {
  test("every step of the library is played by some scenario", () => {
    const files = readdirSync(join(root, "delivery/jenkins/vars")).map((name) => name.replace(".groovy", ""));
    expect(files).toEqual([
      "buildImage",
      "bumpImage",
      "imageTag",
      "notifySlack",
      "output",
      "pruneDocker",
      "waitForDeployment",
      "withPlatformScripts",
    ]);
    expect(Object.entries(played).filter(([, { error }]) => error?.includes("Missing") || error?.includes("NullPointer"))).toEqual([]);
  });

  test("a branch goes all the way: test, image with its scan, approval, config repository, deployment, Slack", () => {
    expect(played.main).toMatchObject({ result: "SUCCESS" });
    expect(played.main.error).toBeUndefined();
    expect(stages(played.main)).toEqual(["Test", "Image", "Approval", "Deploy"]);
    expect(commands(played.main)).toEqual(["npm", "image-tag", "build-image", "wait-for-scan", "bump-image", "wait-for-argocd"]);
    expect(steps(played.main).slice(-2)).toEqual(["slackSend", "deleteDir"]);
  });

  test("words reach the scripts by the environment, and secrets only the step that needs them", () => {
    expect(shells("main", "bump-image")?.env).toEqual(
      expect.arrayContaining(["SERVICE=shop-api", "ENVIRONMENT=dev", "TAG=3f9c2d1b4a5e", "DIGEST=sha256:1", "CONFIG_TOKEN=(secret)"]),
    );
    expect(shells("main", "wait-for-scan")?.env).toEqual(
      expect.arrayContaining(["REPOSITORY=shop/shop-api", "DIGEST=sha256:1", "WORST=MEDIUM"]),
    );
    expect(shells("main", "wait-for-argocd")?.env).not.toContain("CONFIG_TOKEN=(secret)");
  });

  test.each([
    ["pull request", ["Test"], "SUCCESS", false],
    ["not to be deployed", ["Test", "Image"], "SUCCESS", true],
    ["tests fail", ["Test"], "FAILURE", true],
    ["scan fails", ["Test", "Image"], "FAILURE", true],
    ["nobody approves", ["Test", "Image", "Approval"], "FAILURE", true],
    ["deployment fails", ["Test", "Image", "Approval", "Deploy"], "FAILURE", true],
    ["Slack is away", ["Test", "Image", "Approval", "Deploy"], "SUCCESS", true],
  ] as const)("%s: it gets to %j and is a %s", (name, reached, result, told) => {
    expect({ stages: stages(played[name]), result: played[name].result }).toEqual({ stages: reached, result });
    expect(steps(played[name]).includes("slackSend")).toBe(told);
    expect(steps(played[name])).toContain("deleteDir");
  });

  test("what is told has the colour of the result, and calls nobody", () => {
    const message = (name: keyof typeof scenarios) => played[name].calls.find(({ step }) => step === "slackSend")?.words?.[0];
    expect(message("scan fails")).toMatchObject({
      channel: "#shop",
      color: "#a30200",
      message: expect.stringContaining("*FAILURE*: shop-api 3f9c2d1b4a5e"),
    });
    expect(message("hostile branch")).toMatchObject({
      color: "#2eb886",
      message: expect.stringMatching(/^\*SUCCESS\*: a &amp; &lt;@U1&gt;\n&lt;!channel&gt; · <https/),
    });
  });

  test("a superseded build of a pull request is stopped, one of a branch never", () => {
    const options = (name: keyof typeof scenarios) => played[name].calls.filter(({ step }) => step === "option").map(({ words }) => words);
    expect(options("pull request")).toContainEqual(["disableConcurrentBuilds", { abortPrevious: true }]);
    expect(options("main")).toContainEqual(["disableConcurrentBuilds", { abortPrevious: false }]);
  });

  test("the clean-up goes to every agent, on a schedule, and never in a build", () => {
    expect(played.cleanup.calls.filter(({ step }) => step === "node").map(({ words }) => words?.[0])).toEqual(["docker-1", "docker-2"]);
    // No library is configured in Jenkins itself, so that a job brings its own.
    expect(steps(played.cleanup)[0]).toBe("modernSCM");
    expect(played.cleanup.calls).toContainEqual({ step: "trigger", words: ["cron", "TZ=Asia/Seoul\nH 4 * * 0"] });
    expect(shells("cleanup", "docker")?.env).toEqual(["UNTIL=until=168h"]);
    for (const name of ["main", "pull request"] as const) expect(JSON.stringify(played[name].calls)).not.toContain("prune");
  });

  test("hours that are none stop the clean-up before it begins", () => {
    expect(played["cleanup of nonsense"]).toMatchObject({ result: "FAILURE", error: expect.stringContaining("not a number of hours") });
    expect(commands(played["cleanup of nonsense"])).toEqual([]);
  });

  test.each([
    ["tag of a pull request", "image-tag", ["NUMBER=7", `COMMIT=${commit}`]],
    ["codedeploy", "wait-for-codedeploy", ["DEPLOYMENT=d-AB1CD2EF3"]],
  ] as const)("%s", (name, command, env) => expect(shells(name, command)?.env).toEqual(expect.arrayContaining([...env])));

  test("a wait for half an application is an error that says what is missing", () => {
    expect(played["half a wait"].error).toContain("say either codedeploy, or argocd with server and credentials");
  });
});
