import { expect, test } from "@jest/globals";
import { providerHas } from "../../modules/provider-features.ts";

test.each([
  // lower bound, has it
  ["5.100.0", false],
  ["6.0.0", false],
  ["6.8.9", false],
  ["6.9.0", true],
  ["6.10.0", true],
  ["6.25.1", true],
  ["7.0.0", true],
])("deletion protection of EKS with hashicorp/aws from %s: %s", (atLeast, has) => {
  expect(providerHas("eksDeletionProtection", atLeast)).toBe(has);
});
