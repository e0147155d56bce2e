/** The tests that write what they compare: `npm run golden`. All others would judge by files that are just being written. */
import { shared } from "./jest.shared.js";

export default {
  ...shared,
  testMatch: [
    "<rootDir>/test/golden/golden.test.ts",
    "<rootDir>/test/environments/reference.test.ts",
    "<rootDir>/test/modules/guardrails/reference.test.ts",
    "<rootDir>/test/modules/addons/pages.test.ts",
    "<rootDir>/test/gitops/chart-reference.test.ts",
    "<rootDir>/test/review/render.test.ts",
  ],
};
