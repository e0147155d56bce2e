/** Unit tests: no process, no network, no clock. `npm test [path]`. */
import { corpora } from "./jest.corpus.config.js";
import { shared } from "./jest.shared.js";

export default {
  ...shared,
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/live/", ...corpora],
  // Jest leaves one core to itself, which would be half of a CI machine.
  maxWorkers: "100%",
  // Each test file loads its modules anew. What no unit test runs is left out: 0.1 s of each file that has a stack, 0.05 s of each with a schema.
  moduleNameMapper: {
    // cdktf zips asset folders; 400 modules.
    "^archiver$": "<rootDir>/test/support/no-archiver.cjs",
    // zod's own messages in 60 languages; English is loaded by itself.
    "^\\.\\./locales/index\\.js$": "zod/v4/locales/en",
  },
};
