/** Patterns of IAM: `*` is any text, also an empty one, `?` one character. Source: IAM user guide, "Grammar of the IAM JSON policy language". */

/** Whether every text that fits `inner` fits `outer`. May say no where two wildcards of `outer` would have to share one of `inner`. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === "*") return true;
  const wildcard = outer.search(/[*?]/);
  if (wildcard < 0) return false;
  if (!inner.startsWith(outer.slice(0, wildcard))) return false;
  // Most patterns are a prefix and a star.
  if (wildcard === outer.length - 1 && outer.endsWith("*")) return true;
  // row[j]: the rest of `outer` covers inner from j on. Filled from the end of `outer` to its start.
  let row = Array.from({ length: inner.length + 1 }, (_, j) => j === inner.length);
  for (let i = outer.length - 1; i >= 0; i--) {
    const wanted = outer.charAt(i);
    const next = row;
    row = new Array<boolean>(inner.length + 1).fill(false);
    for (let j = inner.length; j >= 0; j--) {
      const found = inner.charAt(j);
      const rest = next[j + 1] === true;
      if (wanted === "*") row[j] = next[j] === true || (j < inner.length && row[j + 1] === true);
      else if (j < inner.length) row[j] = (wanted === "?" ? found !== "*" : wanted === found) && rest;
    }
  }
  return row[0] === true;
}

/** Whether some text fits both. */
export function meet(one: string, other: string): boolean {
  if (one === other) return true;
  const literal = Math.min(literalLength(one), literalLength(other));
  if (one.slice(0, literal) !== other.slice(0, literal)) return false;
  let row = Array.from({ length: other.length + 1 }, (_, j) => /^\**$/.test(other.slice(j)));
  for (let i = one.length - 1; i >= 0; i--) {
    const left = one.charAt(i);
    const next = row;
    row = new Array<boolean>(other.length + 1).fill(false);
    for (let j = other.length; j >= 0; j--) {
      const right = other.charAt(j);
      if (left === "*") row[j] = next[j] === true || (j < other.length && row[j + 1] === true);
      else if (right === "*") row[j] = (j < other.length && row[j + 1] === true) || next[j] === true;
      else row[j] = j < other.length && (left === "?" || right === "?" || left === right) && next[j + 1] === true;
    }
  }
  return row[0] === true;
}

/** Characters before the first wildcard. */
function literalLength(pattern: string): number {
  const wildcard = pattern.search(/[*?]/);
  return wildcard < 0 ? pattern.length : wildcard;
}
