/** The sticky comment, against a GitHub on loopback: what it sends, what it keeps, and what is said when GitHub says no. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { post } from "../../review/github/post.ts";
import { stepsFor } from "../../review/github/sticky.ts";

const marker = (part: number, key = "plans") => `<!-- mainline-review ${key} ${part} -->`;
const own = (id: string, body: string) => ({ id, body });

describe("steps", () => {
  test.each([
    ["a first review", ["a"], [], { edit: [], add: [`${marker(1)}\na`], remove: [], unchanged: 0 }],
    ["the same again", ["a\n"], [own("1", `${marker(1)}\na`)], { edit: [], add: [], remove: [], unchanged: 1 }],
    [
      "line ends as GitHub gives them back",
      ["a\nb"],
      [own("1", `${marker(1)}\r\na\r\nb`)],
      { edit: [], add: [], remove: [], unchanged: 1 },
    ],
    ["another one", ["b"], [own("1", `${marker(1)}\na`)], { edit: [own("1", `${marker(1)}\nb`)], add: [], remove: [], unchanged: 0 }],
    ["it grew", ["a", "b"], [own("1", `${marker(1)}\na`)], { edit: [], add: [`${marker(2)}\nb`], remove: [], unchanged: 1 }],
    ["it shrank", ["a"], [own("1", `${marker(1)}\na`), own("2", `${marker(2)}\nb`)], { edit: [], add: [], remove: ["2"], unchanged: 1 }],
    [
      "two runs crossed",
      ["a"],
      [own("1", `${marker(1)}\na`), own("2", `${marker(1)}\na`)],
      { edit: [], add: [], remove: ["2"], unchanged: 1 },
    ],
    [
      "another review of ours",
      ["a"],
      [own("1", `${marker(1, "rehearsal")}\na`)],
      { edit: [], add: [`${marker(1)}\na`], remove: [], unchanged: 0 },
    ],
    [
      "a marker in the middle of a text",
      ["a"],
      [own("1", `see ${marker(1)}`)],
      { edit: [], add: [`${marker(1)}\na`], remove: [], unchanged: 0 },
    ],
    [
      "a key that begins like ours",
      ["a"],
      [own("1", `${marker(1, "plans-2")}\na`)],
      { edit: [], add: [`${marker(1)}\na`], remove: [], unchanged: 0 },
    ],
  ])("%s", (_, parts, comments, expected) => expect(stepsFor(parts, comments, "plans")).toEqual(expected));
});

interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}
interface Note {
  id: string;
  body: string;
  readonly viewerDidAuthor: boolean;
}

/** Enough of GitHub: a pull request with comments, two per page. */
let notes: Note[] = [];
let refuse: ((response: ServerResponse) => void) | undefined;
let token: string | undefined;
let server: Server;
let api = "";

function answer({ query, variables }: Asked): unknown {
  const { body = "", id = "" } = variables as { body?: string; id?: string };
  if (query.includes("addComment")) notes.push({ id: `c${notes.length + 1}`, body, viewerDidAuthor: true });
  else if (query.includes("updateIssueComment")) for (const note of notes) note.body = note.id === id ? body : note.body;
  else if (query.includes("deleteIssueComment")) notes = notes.filter((note) => note.id !== id);
  else {
    const start = Number(variables.after ?? 0);
    const pageInfo = { hasNextPage: start + 2 < notes.length, endCursor: String(start + 2) };
    return {
      repository: {
        pullRequest: variables.number === 7 ? { id: "PR_7", comments: { nodes: notes.slice(start, start + 2), pageInfo } } : null,
      },
    };
  }
  return {};
}

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  token = request.headers.authorization;
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  if (refuse) return refuse(response);
  const asked = JSON.parse(Buffer.concat(chunks).toString()) as Asked;
  response.setHeader("content-type", "application/json");
  response.end(JSON.stringify({ data: answer(asked) }));
}

beforeAll(async () => {
  server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  notes = [];
  refuse = undefined;
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

const target = (number = 7) => ({ repository: "example/platform", number, token: "t0ken", api });
const bodies = () => notes.map(({ body }) => body);

test("is written, edited in place, grows and shrinks; comments of others are left alone", async () => {
  const talk = ["hello", `${marker(1)}\nApproved by everybody`, "more"].map((body, index) => ({
    id: `x${index}`,
    body,
    viewerDidAuthor: false,
  }));
  notes = [...talk];
  await post(["one", "two"], target(), "plans");
  await post(["ONE", "two", "three"], target(), "plans");
  expect(token).toBe("token t0ken");
  expect(bodies()).toEqual([...talk.map(({ body }) => body), `${marker(1)}\nONE`, `${marker(2)}\ntwo`, `${marker(3)}\nthree`]);
  expect(await post(["ONE"], target(), "plans")).toMatchObject({ unchanged: 1, remove: ["c5", "c6"] });
  expect(bodies()).toEqual([...talk.map(({ body }) => body), `${marker(1)}\nONE`]);
});

const http =
  (status: number, message: string, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify({ message }));
  };
const graphqlError = (type: string, message: string) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "application/json", "x-ratelimit-reset": "1900000000" });
  response.end(JSON.stringify({ data: null, errors: [{ type, message }] }));
};

describe("refusals are told with what to do, and never with the token", () => {
  test.each<[string, (response: ServerResponse) => void, string]>([
    ["a bad token", http(401, "Bad credentials"), "GitHub does not know the token"],
    ["no right", http(403, "Resource not accessible by integration"), "pull-requests: write"],
    ["no right, by GraphQL", graphqlError("FORBIDDEN", "Resource not accessible by integration"), "pull-requests: write"],
    ["too many requests", http(403, "You have exceeded a secondary rate limit", { "retry-after": "60" }), "Run it again in 60 s"],
    ["too many requests, by status", http(429, "Slow down", { "x-ratelimit-reset": "1900000000" }), "2030-03-17T17:46:40.000Z"],
    [
      "too many points",
      graphqlError("RATE_LIMITED", "API rate limit exceeded"),
      "its rate limit is used up. Run it again after 2030-03-17",
    ],
    ["no such repository", graphqlError("NOT_FOUND", "Could not resolve to a Repository"), "Check --repository and --pull-request"],
    ["no API", http(404, "Not Found"), "Check GITHUB_API_URL"],
    ["a broken GitHub", http(502, "Bad gateway"), "GitHub answered 502"],
    ["an answer that is a page", (response) => response.end("<html>proxy</html>"), "example/platform#7"],
  ])("%s", async (_, how, message) => {
    refuse = how;
    const failure = post(["a"], target(), "plans");
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.toThrow("The review could not be posted to example/platform#7");
    await expect(failure).rejects.not.toThrow("t0ken");
  });

  test("no such pull request", async () => {
    await expect(post(["a"], target(8), "plans")).rejects.toThrow("there is no such pull request for this token");
  });

  test("nobody there", async () => {
    await expect(post(["a"], { ...target(), api: "http://127.0.0.1:1" }, "plans")).rejects.toThrow("could not be posted");
  });
});
