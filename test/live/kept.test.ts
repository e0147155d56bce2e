/** A kept rehearsal of dev as its users find it: kubectl by its shell file, by contexts of its own, and what `--stop` leaves. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execa } from "execa";
import { parse } from "yaml";
import type { RehearsalResult } from "../../rehearsal/report.ts";
import { patience, start } from "./command.ts";
import { binaries, eventually, shared } from "./kubernetes-setup.ts";

const can = existsSync(shared);
const region = "ap-northeast-2";
const kubeconfig = {
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "prod", cluster: { server: "https://prod.example.com" } }],
  users: [{ name: "prod", user: { token: "mine" } }],
  contexts: [{ name: "prod", context: { cluster: "prod", user: "prod" } }],
  "current-context": "prod",
};

(can ? describe : describe.skip)(`rehearse dev --keep${can ? "" : " (skipped: ../shared/kube is missing)"}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "mainline-kept-"));
  const config = join(folder, "config");
  let env: NodeJS.ProcessEnv;
  let result: RehearsalResult;

  const mainline = async (...args: readonly string[]) => {
    const { code, out, err } = await start(process.execPath, ["cli/mainline.js", ...args], env).ended;
    return { code, err, json: out === "" ? undefined : JSON.parse(out) };
  };
  /** A shell that was told of the rehearsal by its file only. */
  const inShell = async (script: string) => {
    const { stdout } = await execa("/bin/sh", [
      "-c",
      `. '${result.kept?.environmentFile}'; export KUBECONFIG='${folder}/shell'; ${script}`,
    ]);
    return stdout;
  };
  /** Any shell, with what could lead the AWS CLI elsewhere. */
  const elsewhere = { AWS_PROFILE: "real", AWS_SESSION_TOKEN: "real", AWS_CA_BUNDLE: "/nowhere", NO_PROXY: "*", no_proxy: "*" };
  const kubectl = async (context: string, ...args: readonly string[]) => {
    const { stdout, stderr } = await execa("kubectl", ["--kubeconfig", config, "--context", context, ...args], {
      env: elsewhere,
      reject: false,
    });
    return (stdout || stderr).trim();
  };

  beforeAll(async () => {
    writeFileSync(config, JSON.stringify(kubeconfig), { mode: 0o600 });
    env = { ...process.env, ...(await binaries()).env, KUBECONFIG: config };
    result = (await mainline("rehearse", "dev", "--keep", "--json")).json;
  }, patience);
  afterAll(async () => {
    await mainline("rehearse", "dev", "--stop", "--json");
    rmSync(folder, { recursive: true });
  }, patience);

  test("the report tells the cluster's nodes and that everything has a place", () => {
    const clusters = result.clusters.map(({ cluster, nodes, ready, pending }) => ({ cluster, nodes, ready, pending }));
    expect({ failure: result.failure, clusters }).toEqual({
      failure: undefined,
      clusters: [{ cluster: "mainline-dev", nodes: 3, ready: 3, pending: [] }],
    });
  });

  test("its shell file is enough for aws eks update-kubeconfig and kubectl, as the cluster's administrator", async () => {
    const nodes = await inShell(`aws eks update-kubeconfig --name mainline-dev >/dev/null && kubectl get nodes --output name`);
    expect(nodes.split("\n")).toHaveLength(3);
    await inShell("kubectl create namespace apps");
  }, 180_000);

  test("the same as a developer, who may look, but not at Secrets", async () => {
    const role = "arn:aws:iam::111122223333:role/developer";
    await inShell(`aws eks update-kubeconfig --name mainline-dev --role-arn ${role} >/dev/null`);
    const may = (what: string) => inShell(`kubectl auth can-i ${what} || true`);
    const asked = ["get deployments", "create deployments", "get secrets"].map((what) => may(`${what} --namespace apps`));
    expect(await Promise.all(asked)).toEqual(["yes", "no", "no"]);
  }, 180_000);

  test("a context of its own works in any shell and leaves the others alone", async () => {
    await mainline("kubeconfig", "dev", "--rehearsed", "--json");
    await mainline("kubeconfig", "dev", "--rehearsed", "--as", "sqa", "--json");
    expect((await kubectl("dev-rehearsal", "get", "nodes", "--output", "name")).split("\n")).toHaveLength(3);
    expect(await kubectl("dev-rehearsal-sqa", "auth", "can-i", "list", "pods")).toBe("yes");
    expect(await kubectl("dev-rehearsal-sqa", "auth", "can-i", "create", "pods")).toBe("no");
    expect(parse(readFileSync(config, "utf8"))).toMatchObject({ "current-context": "prod", users: [{ user: { token: "mine" } }, {}, {}] });
  }, 180_000);

  test("a self-managed group's instances join by themselves, and leave", async () => {
    const count = async () => (await kubectl("dev-rehearsal", "get", "nodes", "--output", "name")).split("\n").length;
    const subnets = await inShell(`aws eks describe-cluster --name mainline-dev --query "join(',', cluster.resourcesVpcConfig.subnetIds)"`);
    await inShell(
      `aws ec2 create-launch-template --launch-template-name own --launch-template-data '{"InstanceType":"m7i.large","ImageId":"ami-12345678"}' >/dev/null
       aws autoscaling create-auto-scaling-group --auto-scaling-group-name own --launch-template LaunchTemplateName=own --region ${region} \
         --min-size 0 --max-size 3 --desired-capacity 2 --vpc-zone-identifier ${subnets} \
         --tags ResourceId=own,ResourceType=auto-scaling-group,Key=kubernetes.io/cluster/mainline-dev,Value=owned,PropagateAtLaunch=true`,
    );
    expect(await eventually(count, (nodes) => nodes === 5)).toBe(5);
    await inShell("aws autoscaling set-desired-capacity --auto-scaling-group-name own --desired-capacity 0");
    expect(await eventually(count, (nodes) => nodes === 3)).toBe(3);
  }, 120_000);

  test("--stop takes its contexts along", async () => {
    const { json } = await mainline("rehearse", "dev", "--stop", "--json");
    expect(json).toEqual({ stopped: [result.run], contexts: ["dev-rehearsal", "dev-rehearsal-sqa"] });
    expect(parse(readFileSync(config, "utf8"))).toEqual(kubeconfig);
  }, 180_000);
});
