/** Affected stacks as text, JSON and matrix. */
import { expect, test } from "@jest/globals";
import type { Compared } from "../../../operations/affected/between.ts";
import { compareSynths } from "../../../operations/affected/compare.ts";
import { affectedJson, affectedLines, matrixOf } from "../../../operations/affected/tell.ts";
import { environment, network, stack } from "./stacks.ts";

const changed = environment("dev", {
  network: stack("dev", "network", [], { ...network, output: {} }),
  addons: undefined,
});
const base = { ref: "origin/main", commit: "0123456789abcdef", tree: "t" };
const compared: Compared = {
  base,
  affected: compareSynths(environment("dev"), changed),
  unaffected: ["dev-state"],
  only: [],
};

test("as text", () => {
  expect(affectedLines(compared).join("\n")).toMatchInlineSnapshot(`
    "  dev-addons   removed     in the base only
      dev-network  changed     3 removed (output.cidr, output.subnetIds, output.vpcId)
      dev-cluster  plan again  reads subnetIds of dev-network, which may change

      1 changed, 1 removed, 1 to plan again, between the working tree and origin/main (012345678)"
  `);
  expect(affectedLines({ ...compared, head: { ...base, ref: "v2" }, affected: [] })).toEqual([
    "No stack is affected: v2 and origin/main (012345678) synthesize the same.",
  ]);
  expect(affectedLines({ ...compared, affected: [], only: ["dev", "prod-ci"] })[0]).toMatch(/^No stack of dev, prod-ci is affected: /);
});

test("as JSON: the working tree is null", () => {
  expect(affectedJson(compared)).toEqual({
    base: { ref: "origin/main", commit: base.commit },
    head: null,
    affected: compared.affected,
  });
});

test("as a matrix of GitHub Actions", () => {
  expect(matrixOf(compared.affected)).toEqual({
    include: [
      { stack: "dev-addons", environment: "dev", reason: "removed", order: 0 },
      { stack: "dev-network", environment: "dev", reason: "changed", order: 1 },
      { stack: "dev-cluster", environment: "dev", reason: "replan", order: 2 },
    ],
  });
});
