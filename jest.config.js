/** Native ES modules with swc: the bindings and most current libraries ship no CommonJS. */
const shared = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: { "\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "es6" } }] },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
  watchman: false,
};

export default {
  projects: [
    // Fast: no process, no network, no clock. `npm test`.
    {
      ...shared,
      displayName: "unit",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/live/"],
    },
    // Real Terraform, real emulator, real cdktf CLI. `npm run test:live`.
    { ...shared, displayName: "live", testMatch: ["<rootDir>/test/live/**/*.test.ts"] },
  ],
};
