/** Detectors never throw: a provider may write any value in any place, and a review that falls over says nothing of the rest of the plan. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { costDelta } from "../../review/cost/delta.ts";
import { detectors } from "../../review/findings/index.ts";
import { type Change, plan, type Value, type Values } from "./plans.ts";

const odd: readonly Value[] = [
  null,
  true,
  -1,
  "",
  "{",
  "[]",
  [],
  {},
  [null],
  [[1]],
  "::/0",
  '{"Statement":5}',
  '{"Statement":[{"Effect":"Allow","Action":{},"Resource":[null],"Principal":[1],"Condition":[1]}]}',
];

interface Synthesized {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Values>>>>;
}

const golden = join(import.meta.dirname, "../golden");
const resources = ["network", "cluster"].flatMap((stack) => {
  const { resource }: Synthesized = JSON.parse(readFileSync(join(golden, `prod-${stack}.json`), "utf8"));
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).map(([name, values]) => ({ address: `${type}.${name}`, values })),
  );
});

/** Every attribute, and every attribute of its blocks, becomes odd in turn. */
function spoilt(values: Values, seed: number): Values {
  return Object.fromEntries(Object.entries(values).map(([key, value], index) => [key, spoil(value, seed + index)]));
}

function spoil(value: Value, seed: number): Value {
  if (seed % 3 === 0) return odd[seed % odd.length] ?? null;
  if (Array.isArray(value)) return value.map((item: Value, index) => spoil(item, seed + index + 1));
  return isValues(value) ? spoilt(value, seed + 1) : value;
}

const isValues = (value: Value): value is Values => typeof value === "object" && value !== null && !Array.isArray(value);

test.each([0, 1, 2])("whatever stands where, round %s", (round) => {
  const changes = resources.map(({ address, values }, index): Change => {
    const [before, after] = [spoilt(values, round + index), spoilt(values, round + index + 7)];
    return { address, actions: index % 4 === 0 ? ["create"] : ["update"], ...(index % 4 !== 0 && { before }), after };
  });
  const odds = plan({ changes });
  for (const detector of detectors) expect(() => detector(odds)).not.toThrow();
  expect(() => costDelta([odds])).not.toThrow();
});
