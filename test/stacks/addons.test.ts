/** The add-on stack as Terraform gets it: providers, order, what removing one add-on does. */
import { Release } from "@cdktf/provider-helm/lib/release/index.js";
import { describe, expect, test } from "@jest/globals";
import { TerraformResource } from "cdktf";
import { RootConstruct } from "constructs";
import type { EnvironmentInput } from "../../environments/schema.ts";
import { catalogue } from "../../modules/addons/catalogue/index.ts";
import { predecessors } from "../../modules/addons/order.ts";
import { type JsonObject, resourcesOf, type TerraformJson } from "../../modules/terraform-json.ts";
import { AddonsStack } from "../../stacks/addons.ts";
import { stackId } from "../../stacks/contract.ts";
import { addStacks } from "../../stacks/index.ts";
import { addonIds, companions } from "../support/addons.ts";
import { environmentOf, minimal, synthStack } from "../support/synth.ts";

/** Room for everything at once. */
const roomy = { ...minimal.cluster, nodes: { general: { instances: ["m7i.4xlarge"], size: { min: 3, desired: 6, max: 12 } } } };
const [firstId = "metrics-server"] = addonIds;
const all = companions(firstId) ?? {};

const environmentWith = (addons: EnvironmentInput["addons"], overrides: Partial<EnvironmentInput> = {}) =>
  environmentOf({ cluster: roomy, addons, ...overrides });
const synth = (addons: EnvironmentInput["addons"], overrides?: Partial<EnvironmentInput>): TerraformJson =>
  synthStack(environmentWith(addons, overrides), "addons");
const json = synth(all);

/** Attributes of a release by its add-on's id and part. */
function releaseOf(id: string, part = "release", of = json): JsonObject | undefined {
  return resourcesOf(of).find(({ type, name }) => type === "helm_release" && name === `addons_${id}_${part}`)?.attributes;
}

/** Every address that one waits for, directly or not. */
function earlierThan(address: string, of = json): Set<string> {
  const byAddress = new Map(resourcesOf(of).map((resource) => [resource.address, resource.attributes]));
  const seen = new Set<string>();
  const visit = (current: string) => {
    const { depends_on: direct = [] } = byAddress.get(current) ?? {};
    for (const next of Array.isArray(direct) ? direct.map(String) : []) {
      if (seen.has(next)) continue;
      seen.add(next);
      visit(next);
    }
  };
  visit(address);
  return seen;
}

describe("order", () => {
  const chosen = new Set(Object.keys(all));

  test.each(addonIds.filter((id) => chosen.has(id)))(
    "%s comes after its rights, its definitions and what it names; its objects after it",
    (id) => {
      const own = resourcesOf(json).filter(({ name }) => name.startsWith(`addons_${id}_`));
      const last = ["resources", "release"]
        .map((part) => `helm_release.addons_${id}_${part}`)
        .find((address) => own.some((one) => one.address === address));
      const seen = earlierThan(last ?? "");
      const earlier = own.filter(
        ({ type, address }) => ["helm_release", "aws_eks_pod_identity_association"].includes(type) && address !== last,
      );
      expect(earlier.map(({ address }) => address).filter((address) => !seen.has(address))).toEqual([]);
      const named = predecessors(catalogue[id], chosen).flatMap((other) => {
        const parts = ["crds", "release", "resources"].map((part) => `helm_release.addons_${other}_${part}`);
        return parts.filter((address) => resourcesOf(json).some((one) => one.address === address));
      });
      expect(named.filter((address) => !seen.has(address))).toEqual([]);
    },
  );

  test("what others come after waits until it is ready", () => {
    const relied = addonIds.flatMap((id) => (catalogue[id].needs ?? []).map((need) => need.id));
    expect([...new Set(relied)].filter((id) => !catalogue[id].wait)).toEqual([]);
  });
});

describe("namespaces", () => {
  test.each([
    ["github-runners", "gha-runner-scale-set-controller", "takes the finalizers off its set of runners"],
    ["argocd", "aws-load-balancer-controller", "lets an Ingress go when its load balancer is gone"],
    ["monitoring", "aws-load-balancer-controller", "lets an Ingress go when its load balancer is gone"],
    ["logging", "eck-operator", "ends what it made of its objects"],
  ])("%s is gone before %s, which %s", (name, id) => {
    expect(earlierThan(`kubernetes_namespace_v1.addons_namespaces_${name}`)).toContain(`helm_release.addons_${id}_release`);
  });

  const quotas = resourcesOf(json).filter(({ type }) => type === "kubernetes_resource_quota_v1");

  test("only those in which pods of users run have a quota, and none of their pods a priority of the system", () => {
    const hard = quotas.map(({ name, attributes }) => [name.replace("addons_namespaces_", ""), (attributes.spec as JsonObject).hard]);
    expect(Object.fromEntries(hard)).toEqual({
      "argo-workflows-pods": { pods: "220", "requests.cpu": "44000m", "requests.memory": "180224Mi" },
      // Controller and server, twice: for the time of an update.
      "argo-workflows-priorities": { pods: "4" },
      "github-runners-pods": { pods: "11", "requests.cpu": "11000m", "requests.memory": "22528Mi" },
      "github-runners-priorities": { pods: "0" },
      "jenkins-agents-pods": { pods: "22", "requests.cpu": "4400m", "requests.memory": "11264Mi" },
      "jenkins-agents-priorities": { pods: "0" },
    });
  });

  test("releases come after the quota", () => {
    const seen = earlierThan("helm_release.addons_gha-runner-scale-set_release");
    const own = quotas.map(({ address }) => address).filter((address) => address.includes("github-runners"));
    expect(own.filter((address) => !seen.has(address))).toEqual([]);
    expect(own).toHaveLength(2);
  });
});

describe("removing an add-on", () => {
  const removable = Object.keys(all).filter(
    (id) => !Object.keys(all).some((other) => catalogue[other as "metrics-server"].needs?.some((need) => need.id === id)),
  );

  // The stack's own constructs, without the stacks before it and without its JSON: to write all of it once per add-on is the square of a synth.
  const root = new RootConstruct();
  addStacks(root, environmentWith(all), "cluster");
  const resourcesWith = (addons: EnvironmentInput["addons"]) => {
    const environment = environmentWith(addons);
    root.node.tryRemoveChild(stackId(environment, "addons"));
    const found = new AddonsStack(root, environment).node.findAll().filter(TerraformResource.isTerraformResource);
    return new Map(found.map((resource) => [`${resource.terraformResourceType}.${resource.friendlyUniqueId}`, resource]));
  };
  /** How a release is installed. Values may follow has(id), and what it waits for what is there; nothing else. */
  const settingsOf = (release: TerraformResource | undefined) => {
    if (!(release instanceof Release)) return undefined;
    const { values: _v, depends_on: _d, ...settings } = release.toTerraform().resource.helm_release[release.friendlyUniqueId];
    return settings;
  };
  const complete = resourcesWith(all);
  /** A namespace that nothing which stays is in. */
  const unused = (address: string, after: ReadonlyMap<string, TerraformResource>) => {
    const [, namespace] = /^kubernetes_\w+\.addons_namespaces_([a-z-]+?)(-pods|-priorities|-defaults)?$/.exec(address) ?? [];
    return namespace !== undefined && ![...after.values()].some((one) => one instanceof Release && one.namespaceInput === namespace);
  };
  /** The objects of another row that declares the edge: all of them were for the add-on that goes, for example its ExternalSecrets. */
  const asked = (address: string, id: string) =>
    addonIds.some(
      (other) => address === `helm_release.addons_${other}_resources` && catalogue[other].after?.some((edge: string) => edge === id),
    );

  test("is seen in what the JSON says, too", () => {
    expect([...complete.keys()].sort()).toEqual(
      resourcesOf(json)
        .map(({ address }) => address)
        .sort(),
    );
    expect(settingsOf(complete.get("helm_release.addons_metrics-server_release"))).toMatchObject({
      name: "metrics-server",
      wait: expect.any(Boolean),
    });
  });

  // Several at once, every fifth: a stack less is a third of a second, and what one of them took of another would still be seen.
  const together = Array.from({ length: 5 }, (_, first) => removable.filter((_id, place) => place % 5 === first));

  test.each(together.map((ids) => [ids.join(", "), ids] as const))(
    "%s changes no other release but in what it waits for, and in what it asked for it",
    (_, ids) => {
      const rest = Object.fromEntries(Object.entries(all).filter(([id]) => !ids.includes(id)));
      const after = resourcesWith(rest);
      const gone = [...complete.keys()].filter((address) => !after.has(address));
      const theirs = (address: string) => ids.some((id) => address.includes(`.addons_${id}_`) || asked(address, id));
      expect([...after.keys()].filter((address) => !complete.has(address))).toEqual([]);
      expect(gone.filter((address) => !theirs(address) && !unused(address, after))).toEqual([]);
      for (const id of ids) expect(gone.filter((address) => address.includes(`.addons_${id}_`))).not.toEqual([]);
      for (const [address, resource] of after) {
        expect([address, settingsOf(resource)]).toEqual([address, settingsOf(complete.get(address))]);
      }
    },
  );
});

describe("releases", () => {
  const releases = resourcesOf(json).filter(({ type }) => type === "helm_release");

  test.each(releases.map(({ name, attributes }) => [name, attributes] as const))("%s can be repeated", (_, attributes) => {
    expect(attributes).toMatchObject({ upgrade_install: true, cleanup_on_fail: true, max_history: 5 });
    expect(attributes.atomic).toBe(attributes.wait);
    // Helm's own default: nothing here is quicker than charts in general.
    expect(attributes.timeout).toBeGreaterThanOrEqual(300);
  });

  test("a chart with definitions of its own leaves those of crds/ out", () => {
    expect(releaseOf("aws-load-balancer-controller")).toMatchObject({ skip_crds: true });
    expect(releaseOf("metrics-server")).toMatchObject({ skip_crds: false });
  });

  test("extraValues win over ours", () => {
    const { values } = releaseOf("metrics-server", "release", synth({ "metrics-server": { extraValues: { replicas: 5 } } })) ?? {};
    expect(String(values)).toContain("replicas: 5\n");
  });

  test.each([
    ["https://charts.example.com", { chart: "metrics-server", repository: "https://charts.example.com" }],
    ["oci://registry.example.com/charts", { chart: "metrics-server", repository: "oci://registry.example.com/charts" }],
    ["/srv/charts/", { chart: "/srv/charts/metrics-server-3.13.1.tgz", repository: undefined }],
  ])("from the mirror %s, at the same version", (mirror, expected) => {
    const { chart, repository, version } =
      releaseOf("metrics-server", "release", synth({ "metrics-server": {} }, { charts: { mirror } })) ?? {};
    expect({ chart, repository }).toEqual(expected);
    expect(version).toBe("3.13.1");
  });
});

test("the namespace is labelled for pod security; EKS's own is not ours", () => {
  const namespaces = resourcesOf(synth({ reloader: {}, "metrics-server": {} })).filter(({ type }) => type === "kubernetes_namespace_v1");
  expect(namespaces.map(({ attributes }) => attributes.metadata)).toEqual([
    {
      name: "reloader",
      labels: expect.objectContaining({
        "pod-security.kubernetes.io/enforce": "restricted",
        "platform.mainline.dev/quota": "exempt",
      }),
    },
  ]);
});

test("providers ask for a token at the moment of the apply; none is stored", () => {
  const text = JSON.stringify(json.provider);
  expect(text).toContain('"get-token","--cluster-name","mainline-test","--region","ap-northeast-2"');
  expect(text).not.toMatch(/"token"|client_key|password/);
});

test("on Fargate an add-on gets a web identity, and its service account the role", () => {
  const fargate = { ...roomy, fargate: { system: { selectors: [{ namespace: "kube-*" }] } } };
  const stack = synth({ "aws-load-balancer-controller": {} }, { cluster: fargate });
  expect(resourcesOf(stack).some(({ type }) => type === "aws_eks_pod_identity_association")).toBe(false);
  const [role] = resourcesOf(stack).filter(({ type }) => type === "aws_iam_role");
  expect(role?.attributes.assume_role_policy).toContain("system:serviceaccount:kube-system:aws-load-balancer-controller");
  expect(String(releaseOf("aws-load-balancer-controller", "release", stack)?.values)).toContain(
    "eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/mainline-test-aws-load-balancer-controller",
  );
});

test("an environment without add-ons has no such stack", () => {
  expect(() => synthStack(environmentOf(), "addons")).toThrow("has no addons stack");
});

test("add-ons that do not fit on the nodes are refused", () => {
  const tiny = { ...minimal.cluster, nodes: { general: { instances: ["t3.nano"], size: { min: 1, desired: 1, max: 1 } } } };
  expect(() => synth({ "metrics-server": {} }, { cluster: tiny })).toThrow("do not fit on its nodes");
});
