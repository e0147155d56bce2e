import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import type { TerraformJson } from "../../modules/terraform-json.ts";
import { environmentOf } from "../support/environment.ts";
import { type Ledger, ledgerOf, vanished } from "../support/ledger.ts";
import { synthWorkspace } from "../support/workspace.ts";

const file = join(import.meta.dirname, "ledger.json");
const read = (): Ledger => (existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {});

describe("the ledger of stateful addresses", () => {
  const stacks = synthWorkspace();

  // Before an update, too: what vanishes is taken out by hand, where a reviewer sees it.
  test("has nothing that vanished without a `moved`; a meant deletion is a line deleted in ledger.json", () => {
    expect(vanished(read(), stacks)).toEqual([]);
  });

  test("is complete; `npm run golden` adds what is new", () => {
    const now = ledgerOf(stacks);
    if (process.env.UPDATE_GOLDEN === "1" && vanished(read(), stacks).length === 0)
      writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    expect(read()).toEqual(now);
  });
});

describe("a stateful address", () => {
  const stack = (resource: TerraformJson["resource"], moved: TerraformJson["moved"] = []): CheckedStack => ({
    id: "test-network",
    stack: "network",
    environment: environmentOf(),
    json: { terraform: {}, provider: {}, resource, moved },
  });
  const ledger = { "test-network": ["aws_vpc.vpc"] };

  test.each([
    ["that is still there", stack({ aws_vpc: { vpc: {} } }), []],
    ["that vanished", stack({ aws_vpc: { main: {} } }), ["test-network aws_vpc.vpc"]],
    ["that moved", stack({ aws_vpc: { main: {} } }, [{ from: "aws_vpc.vpc", to: "aws_vpc.main" }]), []],
  ])("%s", (_, now, expected) => expect(vanished(ledger, [now])).toEqual(expected));

  test("of a stack that vanished with it", () => expect(vanished(ledger, [])).toEqual(["test-network aws_vpc.vpc"]));
});
