/**
 * Fits sections into comments. GitHub refuses a body of more than 65,536 characters, so a long review is several comments; what nobody may
 * miss is never cut, and what is cut is counted.
 */

export interface Section {
  readonly title: string;
  /** Blocks of Markdown; each stands or falls as a whole. */
  readonly items: readonly string[];
  /** Never cut, whatever it takes. */
  readonly kept: boolean;
  readonly folded: boolean;
  /** The title says how many there are; not where they are lines of one sum. */
  readonly counted?: boolean;
}

export interface Limits {
  /** Characters of one comment. */
  readonly characters: number;
  /** Comments, apart from what is never cut. */
  readonly parts: number;
}

export const githubLimits: Limits = { characters: 65_536, parts: 3 };

/** Room for the marker and the line that says which part it is. */
const reserved = 400;
/** Room for the line that says what was cut. */
const noteRoom = 600;

interface Cut {
  readonly title: string;
  readonly items: number;
}

/** Bodies of comments, without markers. @param head stands on top of the first. */
export function pack(head: string, sections: readonly Section[], { characters, parts: most }: Limits): string[] {
  const room = characters - reserved;
  const parts: string[] = [];
  let body = head;
  const next = () => {
    parts.push(body);
    body = "";
  };
  const cut: Cut[] = [];
  for (const section of sections) {
    let [opened, done] = [false, 0];
    for (const item of section.items) {
      const opening = opened ? "" : open(section, done > 0);
      // The last comment keeps room for what was cut.
      const isLast = !section.kept && parts.length + 1 >= most;
      if (body.length + opening.length + item.length + closing.length > room - (isLast ? noteRoom : 0) && body !== "") {
        if (isLast) break;
        if (opened && section.folded) body += closing;
        next();
        opened = false;
      }
      body += `${opened ? "" : open(section, done > 0)}${item}\n\n`;
      opened = true;
      done += 1;
    }
    if (opened && section.folded) body += closing;
    if (done < section.items.length) cut.push({ title: section.title, items: section.items.length - done });
  }
  const note = cutNote(cut);
  if (body.length + note.length > room) next();
  return [...parts, body + note].filter((part) => part.trim() !== "").map((part) => `${part.trim()}\n`);
}

const closing = "</details>\n\n";

function open({ title, items, folded, counted = true }: Section, again: boolean): string {
  const text = `${title}${counted ? ` (${items.length})` : ""}${again ? ", continued" : ""}`;
  return folded ? `<details><summary>${text}</summary>\n\n` : `### ${text}\n\n`;
}

function cutNote(cut: readonly Cut[]): string {
  if (cut.length === 0) return "";
  const what = cut.map(({ title, items }) => `${items} of "${title}"`).join(", ");
  return `> **Cut for length:** ${what}. All of it: \`mainline review --html --output review.html\`, or the job's artifact. No destroy, replacement or block is cut.\n`;
}
