/** Lists in pages, as `maxResults` and `nextToken` ask for. */
import { invalid } from "./errors.ts";

/** EKS gives at most 100 at once. @throws InvalidParameterException for a token that is not ours. */
export function page<T>(all: readonly T[], maxResults = 100, token?: string): { readonly items: T[]; readonly next: string | undefined } {
  const decoded = token === undefined ? "0" : Buffer.from(token, "base64url").toString();
  if (!/^\d+$/.test(decoded)) throw invalid("Invalid nextToken");
  const from = Number(decoded);
  const to = from + Math.max(1, Math.min(maxResults, 100));
  return { items: all.slice(from, to), next: to < all.length ? Buffer.from(String(to)).toString("base64url") : undefined };
}
