/** Unit tests: no process, no network, no clock. `npm test [path]`. */
import { shared } from "./jest.shared.js";

export default {
  ...shared,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/live/"],
};
