/**
 * A change of the network and of the add-ons from its pull request to its end, with the real charts, the real Helm and Kubernetes providers and a
 * real API server; then what people did behind Terraform's back. For whoever has charts: a folder with <chart>-<version>.tgz of dev's add-ons.
 *   MAINLINE_CHARTS=<folder> npm run test:live -- operations-charts
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { afterAll, beforeAll, describe, expect, jest, test } from "@jest/globals";
import { execa } from "execa";
import { type Checkout, canCheckOut, checkout } from "./checkout.ts";
import { binaries, shared } from "./kubernetes-setup.ts";

const charts = process.env.MAINLINE_CHARTS ?? "";
const missing = !canCheckOut()
  ? "this is no git checkout"
  : !existsSync(shared)
    ? "../shared/kube is missing"
    : charts === ""
      ? "MAINLINE_CHARTS names no folder of charts"
      : "";
// Milliseconds; a slow machine is no failure.
jest.setTimeout(2_400_000);

const stacks = ["dev-network", "dev-cluster", "dev-addons"];

(missing ? describe.skip : describe)(`a change of dev's network and add-ons${missing && ` (skipped: ${missing})`}`, () => {
  let copy: Checkout;
  let env: NodeJS.ProcessEnv;

  const edit = (from: string, to: string) => {
    const file = join(copy.path, "environments/dev.ts");
    const text = readFileSync(file, "utf8");
    if (!text.includes(from)) throw new Error(`environments/dev.ts has no ${from}`);
    writeFileSync(file, text.replace(from, to));
  };
  /** Runs a command that prints JSON. */
  const mainline = async (...args: readonly string[]) => {
    const { code, out, err } = await copy.mainline(env, ...args, "--json").ended;
    if (out === "") throw new Error(err);
    return { code, ...JSON.parse(out) };
  };
  const run = async (command: string, ...args: readonly string[]) => (await execa(command, args, { env, extendEnv: false })).stdout;
  const aws = (...args: readonly string[]) => run("aws", ...args, "--output", "text");
  /** Applies exactly what was planned. */
  const apply = (stack: string) =>
    run(
      "terraform",
      `-chdir=${join(copy.path, ".cache/work", stack)}`,
      "apply",
      "-no-color",
      join(copy.path, ".cache/plans", `${stack}.tfplan`),
    );

  beforeAll(async () => {
    copy = checkout();
    edit("  ci: {", `  charts: { mirror: ${JSON.stringify(charts)} },\n  ci: {`);
    copy.commit("charts of a folder");
    env = { ...process.env, ...(await binaries()).env, KUBECONFIG: join(copy.path, ".cache/kubeconfig") };
    const { failure, kept } = await mainline("rehearse", "dev", "--only", "addons", "--require", "addons", "--keep");
    if (failure !== undefined) throw new Error(failure);
    const { AWS_PROFILE: _, AWS_CA_BUNDLE: __, NO_PROXY: ___, no_proxy: ____, ...own } = env;
    env = { ...own, ...kept.variables };
  });
  afterAll(async () => {
    await copy?.mainline(env, "rehearse", "dev", "--stop").ended;
    copy?.remove();
  });

  test("affects both stacks; their reviewed plans are applied in order", async () => {
    edit("offices: {", 'offices: { busan: ["198.51.100.0/24"],');
    edit('"argo-cd": { host: "argocd.dev.example.com" }', '"argo-cd": { host: "cd.dev.example.com" }, reloader: {}');
    const { affected } = await mainline("affected", ...stacks, "--base", "HEAD");
    const changed = affected.map(({ id, change }: { id: string; change: string }) => [id, change]);
    expect(changed).toEqual([
      ["dev-network", "changed"],
      ["dev-addons", "changed"],
    ]);

    const set = await mainline("plan", ...stacks, "--affected", "--base", "HEAD");
    expect({ code: set.code, ...outcomes(set) }).toEqual({
      ...{ code: 2, "dev-network": "planned", "dev-addons": "planned", "dev-cluster": "not affected" },
    });
    const review = await mainline("review", join(copy.path, ".cache/plans"));
    expect(["allow", "approval"]).toContain(review.verdict.kind);
    for (const stack of ["dev-network", "dev-addons"]) await apply(stack);
  });

  test("after that plans are empty, and nothing has drifted", async () => {
    expect(await mainline("plan", ...stacks)).toMatchObject({ code: 0 });
    expect(await mainline("drift", ...stacks)).toMatchObject({ code: 0, drifted: [] });
  });

  test("what people did by hand is drift, what is protected first", async () => {
    const [group, vpc] = await Promise.all([
      aws(
        "ec2",
        "describe-security-groups",
        "--filters",
        "Name=group-name,Values=mainline-dev-data",
        "--query",
        "SecurityGroups[0].GroupId",
      ),
      aws("ec2", "describe-vpcs", "--filters", "Name=tag:environment,Values=dev", "--query", "Vpcs[0].VpcId"),
    ]);
    await aws("ec2", "authorize-security-group-ingress", "--group-id", group, "--protocol", "tcp", "--port", "22", "--cidr", "0.0.0.0/0");
    await aws("ec2", "create-tags", "--resources", vpc, "--tags", "Key=owner,Value=me");
    const noAudit = JSON.stringify({ clusterLogging: [{ types: ["audit"], enabled: false }] });
    await aws("eks", "update-cluster-config", "--name", "mainline-dev", "--logging", noAudit);
    await upgradeByHand("kube-system", "metrics-server", { replicas: 1 });

    const { code, drifted } = await mainline("drift", ...stacks);
    const told = drifted.map(({ rank, stack, address, because }: Record<string, unknown>) => [rank, stack, address, because]);
    expect({ code, told }).toEqual({
      code: 2,
      told: [
        [0, "dev-cluster", "aws_eks_cluster.control-plane_cluster", "the record of what happens"],
        [0, "dev-network", "aws_security_group.groups_data", "what is reachable"],
        [3, "dev-addons", "helm_release.addons_metrics-server_release", undefined],
        [4, "dev-network", expect.stringMatching(/^aws_vpc\./), undefined],
      ],
    });
    expect(drifted[2].edits).toEqual(["metadata.revision: 1 -> 2", "metadata.values.replicas: 2 -> 1"]);
  });

  const outcomes = ({ stacks }: { stacks: { id: string; outcome: string }[] }) =>
    Object.fromEntries(stacks.map(({ id, outcome }) => [id, outcome]));

  /** Records a new revision as `helm upgrade --reuse-values` does: a Secret with the release, gzipped and in base64 (Helm, pkg/storage/driver). */
  async function upgradeByHand(namespace: string, name: string, values: object): Promise<void> {
    await run("aws", "eks", "update-kubeconfig", "--name", "mainline-dev");
    const of = (revision: number) => `sh.helm.release.v1.${name}.v${revision}`;
    const secret = JSON.parse(await run("kubectl", "--namespace", namespace, "get", "secret", of(1), "--output", "json"));
    const text = await promisify(gunzip)(Buffer.from(Buffer.from(secret.data.release, "base64").toString(), "base64"));
    const release = JSON.parse(text.toString());
    const next = { ...release, version: 2, config: { ...release.config, ...values } };
    const data = Buffer.from((await promisify(gzip)(JSON.stringify(next))).toString("base64")).toString("base64");
    const file = join(copy.path, ".cache/release.json");
    const metadata = { name: of(2), namespace, labels: { ...secret.metadata.labels, version: "2" } };
    writeFileSync(file, JSON.stringify({ ...secret, metadata, data: { release: data } }));
    await run("kubectl", "create", "--filename", file);
    await run("kubectl", "--namespace", namespace, "label", "secret", of(1), "status=superseded", "--overwrite");
  }
});
