/** Versions of charts and add-ons: `v1.2.3`, `1.2.3-eksbuild.1`, with or without the v. Source: semver.org, 2.0.0. */

export type Step = "major" | "minor" | "patch" | "downgrade" | "other" | "same";

interface Version {
  readonly numbers: readonly number[];
  /** After the hyphen; build metadata after `+` does not count. */
  readonly suffix: string;
}

function parsed(text: string): Version | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:-([^+]+))?(?:\+.*)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, major, minor, patch = "0", suffix = ""] = match;
  return { numbers: [major, minor, patch].map(Number), suffix };
}

/** Below zero where the first is older. Texts that are no versions are compared as texts. */
export function compareVersions(one: string, other: string): number {
  const [left, right] = [parsed(one), parsed(other)];
  if (!left || !right) return one < other ? -1 : Number(one > other);
  for (const [index, number] of left.numbers.entries()) {
    const difference = number - (right.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (left.suffix === right.suffix) return 0;
  if (left.suffix === "" || right.suffix === "") return left.suffix === "" ? 1 : -1;
  return left.suffix.localeCompare(right.suffix, "en", { numeric: true });
}

/** What kind of step it is from one version to another. Below 1.0 a minor may break as a major does. */
export function stepBetween(from: string, to: string): Step {
  const [old, next] = [parsed(from), parsed(to)];
  if (!old || !next) return from === to ? "same" : "other";
  const order = compareVersions(to, from);
  if (order <= 0) return order < 0 ? "downgrade" : "same";
  if (old.numbers[0] !== next.numbers[0]) return "major";
  return old.numbers[1] === next.numbers[1] ? "patch" : old.numbers[0] === 0 ? "major" : "minor";
}
