/** Commands that say what a test tells them, in front of all others on the PATH, and remember how they were called. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Fakes {
  readonly folder: string;
  /** Makes a command that gives one of `answers` after the other, then nothing; those that begin with `!` go to its error output and fail. */
  command(name: string, ...answers: readonly string[]): void;
  /** Makes a command of one's own; `calls` works for it, too. */
  script(name: string, text: string): void;
  calls(name: string): readonly string[];
  remove(): void;
}

export function fakes(): Fakes {
  const folder = mkdtempSync(join(tmpdir(), "mainline-delivery-"));
  const script = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, `#!/usr/bin/env bash\nprintf '%s\\n' "$*" >> ${path}.calls\n${text}\n`);
    chmodSync(path, 0o755);
  };
  const command = (name: string, ...answers: readonly string[]) => {
    for (const [index, answer] of answers.entries()) {
      writeFileSync(join(folder, `${name}.${index + 1}`), answer.replace(/^!/, ""));
      if (answer.startsWith("!")) writeFileSync(join(folder, `${name}.${index + 1}.fails`), "");
    }
    const at = `at=${folder}/${name}.$(wc -l < ${folder}/${name}.calls)`;
    script(name, `${at}\nif [ -e "$at.fails" ]; then cat "$at" >&2; exit 254; fi\n[ ! -e "$at" ] || cat "$at"`);
  };
  const calls = (name: string) => {
    const path = join(folder, `${name}.calls`);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  };
  return { folder, command, script, calls, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
