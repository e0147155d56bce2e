/** Unit tests: no process, no network, no clock. `npm test [path]`. */
import { shared } from "./jest.shared.js";

export default {
  ...shared,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/live/", "<rootDir>/test/review/corpus"],
  // Jest leaves one core to itself, which would be half of a CI machine.
  maxWorkers: "100%",
};
