/** Pages that people read, and what is in them. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "../..");

/** Paths of the pages: in the root, and all below docs. */
export const pages: readonly string[] = [
  ...readdirSync(root).filter((name) => name.endsWith(".md")),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
].sort();

export const read = (path: string) => readFileSync(join(root, path), "utf8");

/** Text without code: what looks like a link or a heading there is none. */
const prose = (text: string) => text.replaceAll(/^ *```.*?^ *```/gms, "");
/** Code: blocks, and what stands between backticks. */
export const codeOf = (text: string): readonly string[] => [
  ...[...text.matchAll(/^ *```\w*\n(.*?)^ *```/gms)].map(([, code = ""]) => code),
  ...[...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code),
];

/** Links of a page that lead nowhere in this repository, as they are written; other sites are not asked. */
export function deadLinks(path: string): string[] {
  const targets = [...prose(read(path)).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leads(path, target));
}

function leads(path: string, target: string): boolean {
  const [file = "", anchor] = target.split("#");
  const found = file === "" ? path : relative(root, join(root, dirname(path), file));
  if (found.startsWith("..") || !existsSync(join(root, found))) return false;
  return anchor === undefined || !found.endsWith(".md") || anchorsOf(read(found)).has(decodeURIComponent(anchor));
}

/** Anchors that GitHub gives to headings; a heading that comes again gets a number. */
function anchorsOf(text: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  for (const [, title = ""] of prose(text).matchAll(/^#{1,6} +(.+)$/gm)) {
    const words = title.toLowerCase().replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
    const anchor = words.replaceAll(/[^\p{L}\p{M}\p{N} _-]/gu, "").replaceAll(" ", "-");
    let number = 0;
    while (anchors.has(number === 0 ? anchor : `${anchor}-${number}`)) number += 1;
    anchors.add(number === 0 ? anchor : `${anchor}-${number}`);
  }
  return anchors;
}

/** What two languages of a page have in common: sections by depth, rows of tables, lines of shell without comments and names of placeholders. */
export function shapeOf(path: string): { readonly sections: string[]; readonly rows: number; readonly commands: string[] } {
  const text = read(path);
  const shell = [...text.matchAll(/^ *```sh\n(.*?)^ *```/gms)].flatMap(([, code = ""]) => code.split("\n"));
  return {
    sections: [...prose(text).matchAll(/^(#{1,6}) /gm)].map(([, depth = ""]) => depth),
    rows: [...prose(text).matchAll(/^ *\|.*\|$/gm)].length,
    commands: shell
      .map((line) =>
        line
          .replace(/(^| +)#.*$/, "")
          .replaceAll(/<[^<>]*>/g, "<>")
          .trim(),
      )
      .filter((line) => line !== ""),
  };
}
