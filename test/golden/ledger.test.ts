import { describe, expect, test } from "@jest/globals";
import type { CheckedStack } from "../../modules/guardrails/check.ts";
import type { TerraformJson } from "../../modules/terraform-json.ts";
import { environmentOf } from "../support/environment.ts";
import { vanished } from "../support/ledger.ts";

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
