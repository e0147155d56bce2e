/** The main job on real input: dev, with the real Terraform, the real provider, moto. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execaSync } from "execa";
import { cache, mainline, patience, processesOf, rehearsed, root, seesProcesses } from "./command.ts";

describe("rehearse dev", () => {
  let result: Awaited<ReturnType<typeof rehearsed>>;
  const synthesized = mkdtempSync(join(tmpdir(), "mainline-synth-"));

  beforeAll(async () => {
    result = await rehearsed("dev");
  }, patience);
  afterAll(() => rmSync(synthesized, { recursive: true }));

  test("comes to its end without findings", () => {
    expect({ failure: result.failure, code: result.code, left: result.left }).toEqual({ failure: undefined, code: 0, left: [] });
  });

  test("applies all of every stack, plans it again without a change, destroys it", () => {
    const well = { outcome: "applied", secondPlan: [], destroyed: true, cut: [], untouched: true };
    expect(result.stacks.slice(0, 3)).toMatchObject(["dev-state", "dev-network", "dev-cluster"].map((stack) => ({ stack, ...well })));
  });

  // The Helm and Kubernetes providers, the charts and a Kubernetes API are not to be had everywhere; then the report says so by name.
  test("applies add-ons and teams as well, or says what they lack; and CI, which needs neither", () => {
    const [addons, tenancy, ci, ...more] = result.stacks.slice(3);
    expect(more).toEqual([]);
    const lacking = { outcome: "skipped", reason: expect.stringMatching(/provider|Kubernetes API|AWS CLI|needs dev-addons/) };
    const well = { outcome: "applied", secondPlan: [], destroyed: true, untouched: true };
    expect(addons).toMatchObject({ stack: "dev-addons", ...(addons?.outcome === "skipped" ? lacking : well) });
    expect(tenancy).toMatchObject({ stack: "dev-tenancy", ...(tenancy?.outcome === "skipped" ? lacking : well) });
    expect(ci).toMatchObject({ stack: "dev-ci", cut: [], ...well });
  });

  test("Terraform got the product's JSON, byte for byte", () => {
    execaSync(process.execPath, ["--import", "tsx", "main.ts"], { cwd: root, env: { CDKTF_OUTDIR: synthesized } });
    const hash = (...path: string[]) =>
      createHash("sha256")
        .update(readFileSync(join(...path)))
        .digest("hex");
    const run = join(cache, "runs", result.run);
    for (const { stack } of result.stacks.filter(({ outcome }) => outcome === "applied")) {
      const used = stack === "dev-state" ? join(run, "bootstrap") : join(run, "cdktf.out", "stacks", stack);
      expect({ stack, hash: hash(used, "cdk.tf.json") }).toEqual({ stack, hash: hash(synthesized, "stacks", stack, "cdk.tf.json") });
    }
  });

  (seesProcesses ? test : test.skip)("leaves no process", () => expect(processesOf(join(cache, "runs", result.run))).toEqual([]));
});

test(
  "a stack that the environment does not have is told with the nearest",
  async () => {
    const { code, err } = await mainline("rehearse", "dev", "--only", "netwrok").ended;
    expect(err).toContain(
      'dev has no stack "netwrok". Did you mean "dev-network"? It has dev-state, dev-network, dev-cluster, dev-addons, dev-tenancy, dev-ci.',
    );
    expect(code).toBe(1);
  },
  patience,
);
