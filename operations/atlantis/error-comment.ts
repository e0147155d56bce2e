/**
 * The comment that says why nothing is planned. Atlantis shows nothing of a hook on the pull request (runatlantis/atlantis#3421), so its
 * server posts this file as it is: the body of GitHub's "create an issue comment".
 */
const marker = "<!-- mainline-atlantis -->";

/** GitHub's limit is 65,536 characters; the rest is in Atlantis's log. */
const longest = 60_000;

/** JSON text. `message` is printed as code: it holds names and paths of the pull request, which must not become Markdown, mentions or HTML. */
export function errorComment(environments: readonly string[], message: string): string {
  const what = environments.length === 0 ? "" : ` for ${environments.join(", ")}`;
  const short = message.length > longest ? `${message.slice(0, longest)}\n… (the rest is in the log of Atlantis)` : message;
  const code = short
    .split("\n")
    .map((line) => `    ${line.replace(/[^\P{Cc}\t]/gu, "")}`)
    .join("\n");
  const body = [
    marker,
    `**Nothing is planned${what}: the stacks of this pull request are not known.**`,
    "",
    code,
    "",
    "Run `npm run check && node cli/mainline.js synth` on your machine, mend it and push; Atlantis looks again at each push.",
  ].join("\n");
  return JSON.stringify({ body });
}
