import { expect, test } from "@jest/globals";
import { crc32 } from "../../../modules/ci/notifications/crc32.ts";
import { functionCode } from "../../../modules/ci/notifications/function-code.ts";
import { zip } from "../../../modules/ci/notifications/zip.ts";

test.each([
  ["", 0],
  ["123456789", 0xcbf43926],
  ["The quick brown fox jumps over the lazy dog", 0x414fa339],
])("sum of %j", (text, sum) => expect(crc32(Buffer.from(text))).toBe(sum));

test("the same files make the same bytes, in whatever order they come", () => {
  expect(zip({ "b.mjs": "2", "a.mjs": "1" })).toEqual(zip({ "a.mjs": "1", "b.mjs": "2" }));
  expect(zip({ "a.mjs": "1" })).not.toEqual(zip({ "a.mjs": "2" }));
});

test("an archive of one file, byte by byte", () => {
  const name = "612e6d6a73";
  // Sum, sizes and lengths of "1".
  const about = "1400 0008 0000 0000 2100 b7efdc83 01000000 01000000 0500 0000".replaceAll(" ", "");
  const local = `504b0304${about}${name}31`;
  const central = `504b01021403${about}000000000000 0000a481 00000000${name}`.replaceAll(" ", "");
  const end = "504b0506 0000 0000 0100 0100 33000000 24000000 0000".replaceAll(" ", "");
  expect(zip({ "a.mjs": "1" }).toString("hex")).toBe(local + central + end);
});

test("the function's code is all of its folder, and small enough for a plan to carry", () => {
  const { content, hash, version } = functionCode();
  const archive = Buffer.from(content, "base64");
  expect(archive.includes("index.mjs")).toBe(true);
  expect(archive.length).toBeLessThan(200_000);
  expect(Buffer.from(hash, "base64").toString("hex").startsWith(version)).toBe(true);
});
