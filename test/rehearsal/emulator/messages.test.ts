import { expect, test } from "@jest/globals";
import { hasNoVenv, isRecent, packagesUnavailable } from "../../../rehearsal/emulator/interpreter.ts";

test.each([
  ["3.11.0", true],
  ["3.13.2", true],
  ["4.0.0", true],
  ["3.10.13", false],
  ["2.7.18", false],
])("Python %s: %s", (version, recent) => expect(isRecent(version)).toBe(recent));

test.each([
  ["The virtual environment was not created successfully because ensurepip is not available.", "apt-get install python3.12-venv"],
  ["OSError: [Errno 28] No space left on device", "Is the disk full"],
])("no environment: %s", (output, remedy) => {
  const message = hasNoVenv({ command: "python3", version: "3.12.1" }, `Error\n${output}`);
  expect(message).toContain(remedy);
  expect(message).toContain(output);
});

test.each([
  ["ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "PIP_INDEX_URL and PIP_FIND_LINKS"],
  ["ERROR: No matching distribution found for cffi==2.1.1", "Try Python 3.11 to 3.13"],
  [
    "WARNING: Retrying after connection broken by NameResolutionError\nERROR: No matching distribution found for moto==5.2.5",
    "PyPI must be reachable",
  ],
  ["ERROR: something else", "PyPI must be reachable"],
])("no packages: %s", (output, remedy) => expect(packagesUnavailable(output)).toContain(remedy));
