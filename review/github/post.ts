/** Posts the review to GitHub and says in plain words why it could not. */
import { GraphqlResponseError, graphql } from "@octokit/graphql";
import { UserError } from "../../environments/user-error.ts";
import { commentsOf, type PullRequest } from "./comments.ts";
import { postSticky, type Steps } from "./sticky.ts";

export interface Target extends PullRequest {
  readonly token: string;
  /** Base of the API, for example https://api.github.com, or https://github.example.com/api/v3. */
  readonly api: string;
}

/** @throws UserError with what to do; a token is in no message. */
export async function post(parts: readonly string[], target: Target, key: string): Promise<Steps> {
  const ask = graphql.defaults({ baseUrl: target.api, headers: { authorization: `token ${target.token}` } });
  try {
    return await postSticky(commentsOf(ask, target), parts, key);
  } catch (error) {
    throw new UserError(`The review could not be posted to ${target.repository}#${target.number}: ${reasonOf(error, target)}`);
  }
}

interface HttpFailure {
  readonly status: number;
  readonly message: string;
  readonly response?: { readonly headers?: Readonly<Record<string, string | number | undefined>> };
}

function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof Error && "status" in error && typeof error.status === "number";
}

const permission = "The token needs to write to pull requests: in a workflow, `permissions: { pull-requests: write }`; forks never get it.";
const whichOne = "Check --repository and --pull-request, and that the token may see the repository.";

function reasonOf(error: unknown, { api }: Target): string {
  if (error instanceof GraphqlResponseError) {
    const [first] = error.errors ?? [];
    const said = first?.message ?? error.message;
    // GitHub's words for it: https://docs.github.com/en/graphql, "Rate limits", "Errors".
    if (first?.type === "RATE_LIMITED") return `its rate limit is used up. ${whenAgain(error.headers)}`;
    if (first?.type === "NOT_FOUND") return `there is no such pull request for this token (${said}). ${whichOne}`;
    if (first?.type === "FORBIDDEN" || first?.type === "INSUFFICIENT_SCOPES") return `it is not allowed (${said}). ${permission}`;
    return said;
  }
  if (!isHttpFailure(error)) return error instanceof Error ? error.message : String(error);
  const { status, message, response } = error;
  if (status === 401) return "GitHub does not know the token. Is GITHUB_TOKEN set to one that is valid?";
  if ((status === 403 || status === 429) && (status === 429 || /rate limit/i.test(message)))
    return `its rate limit is used up. ${whenAgain(response?.headers ?? {})}`;
  if (status === 403) return `it is not allowed (${message}). ${permission}`;
  if (status === 404) return `${api} has no GraphQL API. Check GITHUB_API_URL.`;
  if (status >= 500) return `GitHub answered ${status}${status === 500 ? ` (${message})` : ""}. Run it again; nothing is posted twice.`;
  return `GitHub answered ${status} (${message}).`;
}

/** From the headers that GitHub sends with a refusal. */
function whenAgain(headers: Readonly<Record<string, string | number | undefined>>): string {
  const seconds = Number(headers["retry-after"]);
  if (Number.isFinite(seconds) && headers["retry-after"] !== undefined) return `Run it again in ${seconds} s.`;
  const reset = Number(headers["x-ratelimit-reset"]);
  if (Number.isFinite(reset) && reset > 0) return `Run it again after ${new Date(reset * 1000).toISOString()}.`;
  return "Run it again later.";
}
