/** `mainline doctor`: what this machine lacks, and which waivers are over. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import type { Finding } from "../doctor/checks.ts";
import { allEnvironments } from "../environments.ts";
import type { Finish } from "../exit.ts";
import type { Io } from "../io.ts";

export function doctor(io: Io, finish: Finish): Command {
  return new Command("doctor")
    .description("Check this machine and the environments: tools, versions, providers, waivers that are over")
    .option("--json", "print the findings as JSON")
    .addHelpText("after", "\nExit code 1 where something required is missing, 2 where a waiver is over.\n\nExample:\n  $ mainline doctor")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const { examine } = await import("../doctor/checks.ts");
      const { describeExpired, expiredWaivers } = await import("../../modules/guardrails/waivers.ts");
      const scratch = await mkdtemp(join(tmpdir(), "mainline-"));
      try {
        const tools = await examine({ env: io.env, cache: join(io.root, ".cache"), node: process.versions.node, scratch });
        // Before the environments, whose files may be what is wrong.
        if (!json) for (const tool of tools) for (const line of lines(tool, io)) io.out(line);
        const waivers = expiredWaivers(await allEnvironments(), new Date().toISOString().slice(0, 10));
        if (json) io.out(JSON.stringify({ tools, expiredWaivers: waivers }, undefined, 2));
        else for (const waiver of waivers) io.out(`  ${io.colors.yellow("over")}     ${describeExpired(waiver)}`);
        const broken = tools.some(({ required, found }) => required && found === undefined);
        finish(broken ? 1 : waivers.length > 0 ? 2 : 0);
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    });
}

/** What is there in one line; what is missing with its purpose and remedy. */
function lines({ name, required, purpose, install, found, problem }: Finding, { colors }: Io): string[] {
  if (found !== undefined) return [`  ${colors.green("ok")}       ${name.padEnd(16)} ${found}`];
  const state = required ? colors.red("missing") : colors.yellow("absent ");
  const remedy = (problem ?? `Install: ${install}`).split("\n").map((line) => `  ${" ".repeat(25)} ${line}`);
  return [`  ${state}  ${name.padEnd(16)} ${purpose}`, ...remedy];
}
