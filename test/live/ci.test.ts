/** Delivery on real input: the ci stack of shared with the real Terraform and provider, the hooks of a deployment in a real shell, the archive of the function in another program. */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "@jest/globals";
import { functionCode } from "../../modules/ci/notifications/function-code.ts";
import { zip } from "../../modules/ci/notifications/zip.ts";
import { patience, rehearsed, root } from "./command.ts";

test(
  "rehearse shared --only ci: everything is applied, planned again without a change, and destroyed",
  async () => {
    const { failure, code, left, stacks } = await rehearsed("shared", "--only", "ci");
    expect({ failure, code, left }).toEqual({ failure: undefined, code: 0, left: [] });
    const well = { outcome: "applied", cut: [], secondPlan: [], destroyed: true, untouched: true };
    expect(stacks).toMatchObject(["shared-state", "shared-network", "shared-ci"].map((stack) => ({ stack, ...well })));
  },
  patience,
);

describe("hooks of a deployment to EC2", () => {
  const folder = mkdtempSync(join(tmpdir(), "mainline-hooks-"));
  const [home, tools, calls] = [join(folder, "home"), join(folder, "tools"), join(folder, "calls")];
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A program in place of the instance's own: notes that it was called, and how it ends. */
  function play(name: string, then = "exit 0"): void {
    writeFileSync(join(tools, name), `#!/usr/bin/env bash\necho "${name} $*" >> "${calls}"\n${then}\n`);
    chmodSync(join(tools, name), 0o755);
  }
  beforeEach(() => {
    rmSync(tools, { recursive: true, force: true });
    rmSync(calls, { force: true });
    mkdirSync(tools);
    for (const name of ["useradd", "journalctl", "curl"]) play(name);
    play("id", "exit 1");
    play("install", `mkdir -p "$SERVICE_HOME"`);
    play("systemctl", 'if [ "$1" = list-unit-files ]; then echo "service.service enabled"; fi');
  });

  function run(hook: string): { code: number | null; err: string; called: string[] } {
    const env = { PATH: `${tools}:${process.env.PATH}`, SERVICE_HOME: home, DEPLOYMENT_ID: "d-1", HEALTH_ATTEMPTS: "2", HEALTH_PAUSE: "0" };
    const { status, stderr } = spawnSync(join(root, "delivery/codedeploy/scripts", `${hook}.sh`), { env, encoding: "utf8" });
    const called = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
    return { code: status, err: stderr, called };
  }

  test("a deployment over another: stopped, emptied, announced, started, checked", () => {
    mkdirSync(home, { recursive: true });
    writeFileSync(join(home, "old"), "");
    expect(run("application-stop")).toMatchObject({
      code: 0,
      called: ["systemctl list-unit-files service.service --no-legend", "systemctl stop service.service"],
    });
    expect(run("before-install").code).toBe(0);
    expect(existsSync(join(home, "old"))).toBe(false);
    mkdirSync(join(home, "bin"), { mode: 0o700 });
    writeFileSync(join(home, "bin/start"), "", { mode: 0o600 });
    expect(run("after-install").code).toBe(0);
    expect(statSync(join(home, "bin/start")).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(home, "DEPLOYMENT"), "utf8")).toBe("d-1\n");
    expect(run("application-start").called.slice(-3)).toEqual([
      "systemctl daemon-reload",
      "systemctl enable service.service",
      "systemctl restart service.service",
    ]);
    expect(run("validate-service")).toMatchObject({ code: 0, err: "" });
  });

  test("on a new instance there is nothing to stop", () => {
    play("systemctl");
    expect(run("application-stop")).toMatchObject({ code: 0, called: ["systemctl list-unit-files service.service --no-legend"] });
  });

  test("a service that does not answer fails the deployment, with its last words", () => {
    play("curl", "exit 22");
    play("journalctl", "echo out of memory");
    const { code, err, called } = run("validate-service");
    expect([code, err]).toEqual([1, "validate-service: http://127.0.0.1:8080/healthz does not answer\nout of memory\n"]);
    expect(called.filter((call) => call.startsWith("curl"))).toHaveLength(2);
  });
});

// Every rehearsal needs Python; its archive reader is another program's view of the format.
test("the archive of the function is one for others, too", () => {
  const read =
    "import sys,io,zipfile,json; z=zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())); assert z.testzip() is None; print(json.dumps({n:z.read(n).decode() for n in z.namelist()}))";
  const unpacked = (input: Buffer) => JSON.parse(execFileSync("python3", ["-c", read], { input, encoding: "utf8" }));
  const files = { "index.mjs": "export const handler = () => 'ü';\n", "empty.mjs": "" };
  expect(unpacked(zip(files))).toEqual(files);
  const code = unpacked(Buffer.from(functionCode().content, "base64"));
  expect(code["index.mjs"]).toBe(readFileSync(join(root, "modules/ci/slack/function/index.mjs"), "utf8"));
});
