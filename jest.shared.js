/** Native ES modules with swc: the bindings and most current libraries ship no CommonJS. */
export const shared = {
  testEnvironment: "node",
  extensionsToTreatAsEsm: [".ts"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { target: "es2023", parser: { syntax: "typescript" } }, module: { type: "es6" } }],
  },
  modulePathIgnorePatterns: ["<rootDir>/cdktf.out", "<rootDir>/.cache"],
  watchman: false,
};
