import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { hasContext, withContext, withoutContext } from "../../../rehearsal/run/kubeconfig.ts";
import { removeContexts, writeContext } from "../../../rehearsal/run/kubeconfig-file.ts";

const context = {
  name: "dev-rehearsal",
  server: "https://127.0.0.1:40001",
  certificateAuthority: "LS0t",
  cluster: "mainline-dev",
  region: "ap-northeast-2",
  role: "arn:aws:iam::111122223333:role/devops",
  variables: { AWS_ENDPOINT_URL: "http://aws.rehearsal.invalid", HTTP_PROXY: "http://127.0.0.1:40123" },
};

const users = `# mine
apiVersion: v1
kind: Config
current-context: prod
clusters:
- name: prod # the real one
  cluster: {server: https://prod.example.com}
users:
- name: prod
  user: {token: secret}
contexts:
- name: prod
  context: {cluster: prod, user: prod}
`;

test("the new entry carries its variables and takes away what the shell may have", () => {
  const { exec } = parse(withContext(undefined, context)).users[0].user;
  expect(exec.command).toBe("env");
  expect(exec.args.slice(0, 2)).toEqual(["-u", "AWS_PROFILE"]);
  expect(exec.args.slice(exec.args.indexOf("aws")).join(" ")).toBe(
    "aws eks get-token --cluster-name mainline-dev --region ap-northeast-2 --role-arn arn:aws:iam::111122223333:role/devops --output json",
  );
  expect(exec.env).toContainEqual({ name: "HTTP_PROXY", value: "http://127.0.0.1:40123" });
});

test("what else the file has stays, comments and current context included", () => {
  const text = withContext(users, context);
  expect(text).toContain("# mine\n");
  expect(text).toContain("# the real one");
  const both = parse(text);
  expect({ current: both["current-context"], names: both.contexts.map(({ name }: { name: string }) => name) }).toEqual({
    current: "prod",
    names: ["prod", "dev-rehearsal"],
  });
});

test("written twice, it is there once, as last written", () => {
  const again = parse(withContext(withContext(users, context), { ...context, server: "https://127.0.0.1:40002" }));
  expect(again.clusters.map(({ cluster }: { cluster: { server: string } }) => cluster.server)).toEqual([
    "https://prod.example.com",
    "https://127.0.0.1:40002",
  ]);
});

test("taken away, the file means what it meant before", () => {
  expect(parse(withoutContext(withContext(users, context), context.name, context.server) ?? "")).toEqual(parse(users));
});

test("an entry that was made for another server since is not taken away", () => {
  expect(withoutContext(withContext(users, context), context.name, "https://127.0.0.1:1")).toBeUndefined();
});

test("a context that goes is no longer the current one", () => {
  const chosen = withContext(users, context).replace("current-context: prod", "current-context: dev-rehearsal");
  expect(parse(withoutContext(chosen, context.name, context.server) ?? "")["current-context"]).toBe("");
});

test.each(["{", "- a list"])("a file that is no kubeconfig is refused: %s", (text) => {
  expect(() => withContext(text, context)).toThrow("The kubeconfig cannot be read");
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mainline-kubeconfig-"));
  mkdirSync(join(folder, "runs", "one"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));
const path = (name: string) => join(folder, name);
const run = () => join(folder, "runs", "one");

test("a new file is for its owner only, in a folder that need not be there", async () => {
  const file = await writeContext({ HOME: path("home") }, run(), context);
  expect(file).toBe(path("home/.kube/config"));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([
  ["the file that has the context", ["a", "b"], { a: users, b: withContext(undefined, context) }, "b"],
  ["else the first that exists", ["none", "a", "b"], { a: users, b: users }, "a"],
  ["else the last", ["none", "nothing"], {}, "nothing"],
])("of several files: %s", async (_, listed, texts, expected) => {
  for (const [name, text] of Object.entries(texts)) writeFileSync(path(name), text);
  const file = await writeContext({ KUBECONFIG: listed.map(path).join(":") }, run(), context);
  expect(file).toBe(path(expected));
  expect(hasContext(readFileSync(file, "utf8"), context.name)).toBe(true);
});

test("what a run wrote goes with it, and not before", async () => {
  writeFileSync(path("config"), users);
  await writeContext({ KUBECONFIG: path("config") }, run(), context);
  expect(await removeContexts(folder, ["one"])).toEqual([]);
  expect(await removeContexts(folder, [])).toEqual(["dev-rehearsal"]);
  expect(parse(readFileSync(path("config"), "utf8"))).toEqual(parse(users));
  expect(await removeContexts(folder, [])).toEqual([]);
});
