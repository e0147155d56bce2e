import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { stringify } from "yaml";
import { UserError } from "../../../../environments/user-error.ts";
import { checkedKubeconfig, openKubeconfig } from "../../../../rehearsal/kubernetes/existing/kubeconfig.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mainline-kubeconfig-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(
  name: string,
  { cluster = {}, user = {}, current = "kind" }: { cluster?: object; user?: object; current?: string } = {},
): string {
  const file = join(folder, name);
  const content = {
    "current-context": current,
    clusters: [{ name: "c", cluster: { server: "https://127.0.0.1:1", ...cluster } }],
    users: [{ name: "u", user: { token: "secret", ...user } }],
    contexts: [
      { name: "kind", context: { cluster: "c", user: "u" } },
      { name: "torn", context: { cluster: "c", user: "nobody" } },
    ],
  };
  writeFileSync(file, stringify(content));
  return file;
}

describe("a kubeconfig", () => {
  test("gives its context, server and credentials", async () => {
    const { context, connection } = await openKubeconfig({ kubeconfig: write("good"), anywhere: false });
    expect([context, connection.endpoint]).toEqual(["kind", "https://127.0.0.1:1"]);
    const [one, other] = [await connection.options(), await connection.options()];
    expect(one.headers).toEqual({ authorization: "Bearer secret" });
    expect(one.agent).toBe(other.agent);
  });

  test("with a public server is taken when somebody knows", async () => {
    const kubeconfig = write("public", { cluster: { server: "https://52.78.1.2" } });
    expect((await openKubeconfig({ kubeconfig, anywhere: true })).connection.endpoint).toBe("https://52.78.1.2");
  });

  test.each([
    ["of another context", {}, "other", /has no context "other".*--context: kind, torn/],
    ["without a current context", { current: "" }, undefined, /has no current context/],
    ["whose context names nobody", {}, "torn", /names a cluster or a user that is not in it/],
    ["with plain http", { cluster: { server: "http://127.0.0.1:8001" } }, undefined, /must be an https URL/],
    ["with a proxy", { cluster: { "proxy-url": "http://127.0.0.1:3128" } }, undefined, /proxy-url/],
    ["that impersonates", { user: { as: "somebody" } }, undefined, /impersonates/],
    [
      "with a public server",
      { cluster: { server: "https://52.78.1.2" } },
      undefined,
      /52\.78\.1\.2 is not a loopback or private address.*--i-know/,
    ],
  ])("%s is refused", async (name, content, context, message) => {
    const opened = openKubeconfig({ kubeconfig: write(name, content), ...(context ? { context } : {}), anywhere: false });
    await expect(opened).rejects.toThrow(UserError);
    await expect(opened).rejects.toThrow(message);
  });

  test("that is missing, or is none, is refused", async () => {
    await expect(openKubeconfig({ kubeconfig: join(folder, "missing"), anywhere: false })).rejects.toThrow(/there is no such file/);
    writeFileSync(join(folder, "torn"), "a: [");
    await expect(openKubeconfig({ kubeconfig: join(folder, "torn"), anywhere: false })).rejects.toThrow(/cannot be read/);
  });

  test("whose server does not answer is refused", async () => {
    await expect(checkedKubeconfig({ kubeconfig: write("silent"), anywhere: false })).rejects.toThrow(/does not answer.*Start the cluster/);
  });
});
