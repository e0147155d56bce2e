/**
 * Names of resources are other people's text: whoever opens a pull request chooses them. Nothing of them may act in a comment or a page:
 * no markup, no mention, no link, no row of a table, no invisible letter that makes a name look like another.
 */

/** Control, format and separator characters: line breaks, bidirectional overrides (CVE-2021-42574), zero-width letters, tags. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

const known: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** One line of text in which every letter can be seen. */
export function visible(text: string): string {
  return text.replace(invisible, (character) => known[character] ?? `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** For HTML, as content or within a quoted attribute. */
export function html(text: string): string {
  return escaped(visible(text));
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** Longer names and sentences are cut: one of them must not push all others out of a comment. */
const longest = { name: 300, sentence: 1500 };

/**
 * A name or value in Markdown, as code: GitHub turns neither mentions nor references nor links within it into anything. What could close
 * backticks or a cell of a table is written as HTML's own element, with entities.
 */
export function code(text: string): string {
  const shown = cut(visible(text), longest.name);
  if (shown !== "" && !/[`|]/.test(shown) && shown.trim() === shown) return `\`${shown}\``;
  return `<code>${escaped(shown).replace(/[\\`*_{}[\]()#+!|~:@-]/g, entity)}</code>`;
}

function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length).join("")}…`;
}

const entity = (character: string) => `&#${character.charCodeAt(0)};`;

/** A sentence in Markdown that may hold other people's words. What stands between backticks becomes code. */
export function prose(text: string): string {
  const parts = cut(visible(text), longest.sentence).split(/(`[^`]+`)/);
  return parts.map((part) => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : words(part))).join("");
}

/** What begins a list, a heading or a quotation at the start of a line, and what means something anywhere. */
const acting = /^\s*(?:[#+-]|\d+[.)])(?=\s|$)|[\\`*_{}[\]|~]|[&<>]|@(?=\w)|#(?=\d)|(?<=:)\/\/|\bwww(?=\.)|\bGH-(?=\d)/gi;

function words(text: string): string {
  return text.replace(acting, (found) => {
    if (/^[&<>]$/.test(found)) return escaped(found);
    if (/^[\\`*_{}[\]|~]$/.test(found)) return entity(found);
    // An invisible space takes the meaning away: GitHub looks for mentions and links in the text that comes out.
    return /^[@#]$|^\/\/$|^www$|^GH-$/i.test(found) ? `${found}&#8203;` : `&#8203;${found}`;
  });
}

/** A sentence about something: its name as code wherever it stands, the rest as prose. */
export function proseAbout(text: string, name: string): string {
  if (name === "" || !text.includes(name)) return prose(text);
  return text.split(name).map(prose).join(code(name));
}

/** A line within a fenced block, where only a line of backticks acts; ours all begin with a sign. */
export function fenced(sign: string, text: string): string {
  return `${sign} ${cut(visible(text), longest.name)}`;
}
