/** Which pull request a review is for, and how it gets there. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { Target } from "../../review/github/post.ts";
import type { Review } from "../../review/review.ts";
import { UsageError } from "../exit.ts";

type Variables = Readonly<Record<string, string | undefined>>;

interface Given {
  readonly repository?: string;
  readonly pullRequest?: string;
  readonly key: string;
}

/**
 * From flags, else from what GitHub Actions or Atlantis set: docs.github.com, "Variables reference"; runatlantis.io, "Custom Workflows".
 * @throws UsageError that names what is missing, all of it.
 */
export async function targetOf({ repository, pullRequest, key }: Given, env: Variables): Promise<Target> {
  const owner = env.BASE_REPO_OWNER && env.BASE_REPO_NAME ? `${env.BASE_REPO_OWNER}/${env.BASE_REPO_NAME}` : undefined;
  const where = repository ?? env.GITHUB_REPOSITORY ?? owner;
  const number = Number(pullRequest ?? (await numberOf(env)) ?? Number.NaN);
  const token = env.GITHUB_TOKEN;
  const problems = [
    ...(token ? [] : ["GITHUB_TOKEN is not set: a token that may write to pull requests."]),
    ...(where !== undefined && /^[\w.-]+\/[\w.-]+$/.test(where)
      ? []
      : [`The repository is ${where === undefined ? "not known" : `"${where}"`}: give --repository <owner/name>.`]),
    ...(Number.isSafeInteger(number) && number > 0 ? [] : ["The pull request is not known: give --pull-request <number>."]),
    ...(/^[a-z0-9-]+$/.test(key) ? [] : [`--key is "${key}"; it takes lower-case letters, digits and hyphens.`]),
  ];
  if (problems.length > 0 || !token || where === undefined)
    throw new UsageError(`--post cannot work:\n${problems.map((text) => `  ${text}`).join("\n")}`);
  return { token, repository: where, number, api: env.GITHUB_API_URL ?? "https://api.github.com" };
}

/** Atlantis says it; a workflow's ref does for pull requests; otherwise the event holds it. */
async function numberOf(env: Variables): Promise<string | undefined> {
  if (env.PULL_NUM) return env.PULL_NUM;
  const ref = /^refs\/pull\/(\d+)\//.exec(env.GITHUB_REF ?? "")?.[1];
  if (ref !== undefined || !env.GITHUB_EVENT_PATH || !existsSync(env.GITHUB_EVENT_PATH)) return ref;
  const event: unknown = JSON.parse(await readFile(env.GITHUB_EVENT_PATH, "utf8"));
  const { pull_request: pull, issue } = event as { readonly pull_request?: { number?: number }; readonly issue?: { number?: number } };
  const found = pull?.number ?? issue?.number;
  return found === undefined ? undefined : String(found);
}

/** Posts, and says what was done. */
export async function postTo(target: Target, review: Review, key: string): Promise<string> {
  const { post } = await import("../../review/github/post.ts");
  const { markdown } = await import("../../review/render/markdown.ts");
  const { edit, add, remove, unchanged } = await post(markdown(review), target, key);
  const done = [
    ...(edit.length > 0 ? [`${edit.length} edited`] : []),
    ...(add.length > 0 ? [`${add.length} added`] : []),
    ...(remove.length > 0 ? [`${remove.length} removed`] : []),
    ...(unchanged > 0 ? [`${unchanged} as they were`] : []),
  ];
  return `Comments of ${target.repository}#${target.number}: ${done.join(", ")}.`;
}
