/** Whatever happens to the synth, Atlantis finds a list that plans no more than is meant. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { emptyConfig } from "../../../operations/atlantis/config.ts";
import { emptied } from "../../../operations/atlantis/emptied.ts";
import { errorComment } from "../../../operations/atlantis/error-comment.ts";
import { writeAtlantis } from "../../../operations/atlantis/write.ts";

const folder = mkdtempSync(join(tmpdir(), "mainline-atlantis-"));
const files = { config: join(folder, "atlantis.yaml"), error: join(folder, ".mainline", "error.json"), stacks: join(folder, "stacks") };
const read = () => parse(readFileSync(files.config, "utf8"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a failure leaves an empty list and a comment, and is told", async () => {
  writeFileSync(files.config, "version: 3\nprojects: [{ dir: . }]\n");
  await expect(writeAtlantis(files, ["dev"], () => Promise.reject(new Error("network.cidr is no CIDR")))).rejects.toThrow("no CIDR");
  expect(read()).toEqual(emptyConfig());
  expect(JSON.parse(readFileSync(files.error, "utf8")).body).toContain("network.cidr is no CIDR");
});

test("while the stacks are not known yet, the list is empty: a kill leaves it so", async () => {
  writeFileSync(files.config, "version: 3\nprojects: [{ dir: . }]\n");
  await writeAtlantis(files, [], async () => {
    expect(read()).toEqual(emptyConfig());
    return { config: emptyConfig() };
  });
});

test("the next success takes the comment away", async () => {
  writeFileSync(files.error, "{}");
  await writeAtlantis(files, [], () => Promise.resolve({ config: emptyConfig() }));
  expect(existsSync(files.error)).toBe(false);
});

test("the comment shows a hostile message as code: no mention, no HTML, no fence to break out of", () => {
  const { body } = JSON.parse(errorComment(["dev"], "stack `x`\n```\n<img src=x onerror=1> @everyone\u001b[31m\n# heading")) as {
    body: string;
  };
  const lines = body.split("\n").filter((line) => /everyone|```|heading|stack `x`/.test(line));
  expect(lines).toHaveLength(4);
  expect(lines.every((line) => line.startsWith("    "))).toBe(true);
  expect(body).not.toContain("\u001b");
});

test("the comment fits", () => {
  expect(JSON.parse(errorComment([], "x".repeat(200_000))).body.length).toBeLessThan(65_536);
});

test("a removed stack keeps its state, its providers and what they read", () => {
  const states = { cluster: { backend: "s3" } };
  const json = {
    terraform: { backend: { s3: { key: "dev/addons.tfstate" } } },
    provider: { helm: [{ host: "data.terraform_remote_state.cluster.outputs.endpoint" }] },
    data: { terraform_remote_state: states, aws_region: { here: {} } },
    resource: { helm_release: { argo: { name: "argo" } } },
    output: { installed: { value: "argo" } },
  };
  expect(emptied(json)).toEqual({ terraform: json.terraform, provider: json.provider, data: { terraform_remote_state: states } });
});
