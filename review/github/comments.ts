/**
 * Comments of a pull request through GitHub's GraphQL API. Why not REST: only GraphQL says whether a comment is our own
 * (`viewerDidAuthor`). Everybody can write a comment that begins with our marker, and whoever wrote a comment can change it later.
 */
import type { graphql } from "@octokit/graphql";
import { UserError } from "../../environments/user-error.ts";

type Ask = typeof graphql;

export interface PullRequest {
  /** `owner/name`. */
  readonly repository: string;
  readonly number: number;
}

export interface Comment {
  readonly id: string;
  readonly body: string;
}

/** What is asked of GitHub; a test asks a server on loopback. */
export interface Comments {
  /** Node id of the pull request, and our own comments on it, oldest first. */
  readonly own: () => Promise<{ readonly subject: string; readonly comments: readonly Comment[] }>;
  readonly add: (subject: string, body: string) => Promise<void>;
  readonly edit: (id: string, body: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
}

interface Page {
  readonly repository: {
    readonly pullRequest: {
      readonly id: string;
      readonly comments: {
        readonly nodes: readonly { readonly id: string; readonly body: string; readonly viewerDidAuthor: boolean }[];
        readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      };
    } | null;
  } | null;
}

const listQuery = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      id
      comments(first: 100, after: $after) {
        nodes { id body viewerDidAuthor }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

const addQuery =
  "mutation ($subject: ID!, $body: String!) { addComment(input: { subjectId: $subject, body: $body }) { clientMutationId } }";
const editQuery = "mutation ($id: ID!, $body: String!) { updateIssueComment(input: { id: $id, body: $body }) { clientMutationId } }";
const removeQuery = "mutation ($id: ID!) { deleteIssueComment(input: { id: $id }) { clientMutationId } }";

export function commentsOf(ask: Ask, { repository, number }: PullRequest): Comments {
  const [owner = "", name = ""] = repository.split("/");
  return {
    own: async () => {
      const comments: Comment[] = [];
      let subject = "";
      let after: string | null = null;
      do {
        const page: Page = await ask<Page>(listQuery, { owner, name, number, after });
        const found = page.repository?.pullRequest;
        if (!found) throw new UserError("there is no such pull request for this token. Check --repository and --pull-request.");
        subject = found.id;
        comments.push(...found.comments.nodes.filter(({ viewerDidAuthor }) => viewerDidAuthor).map(({ id, body }) => ({ id, body })));
        after = found.comments.pageInfo.hasNextPage ? found.comments.pageInfo.endCursor : null;
      } while (after !== null);
      return { subject, comments };
    },
    add: async (subject, body) => void (await ask(addQuery, { subject, body })),
    edit: async (id, body) => void (await ask(editQuery, { id, body })),
    remove: async (id) => void (await ask(removeQuery, { id })),
  };
}
