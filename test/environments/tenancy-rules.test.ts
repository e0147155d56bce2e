/** Mistakes about teams: what is told, and what is near it and fine. */
import { describe, expect, test } from "@jest/globals";
import { said } from "./mistakes.ts";

const team = (changes: object = {}) => ({ owner: "shop@example.com", namespaces: { shop: {} }, ...changes });
const namespace = (changes: object) => team({ namespaces: { shop: changes } });
const teams = (all: object) => ({ "dev.tenancy": { teams: all } });
const argoCd = (options: object = {}) => ({
  "dev.addons": { "aws-load-balancer-controller": {}, "argo-cd": { host: "argocd.dev.example.com", ...options } },
});
const delivery = (changes: object = {}) => team({ delivery: { repositories: ["https://github.com/example/shop"], ...changes } });
const outbound = (to: string) => team({ network: { outbound: { other: { to, ports: [443] } } } });
const ownPods = { "dev.network.pods": { cidr: "100.64.0.0/16" } };

describe("refused", () => {
  test.each<[string, object, string]>([
    [
      "a name that is no label",
      teams({ Shop: team() }),
      "tenancy.teams.Shop  is not a name of 2 to 32 lower-case letters, digits and hyphens that begins with a letter. Rename it.",
    ],
    [
      "a reserved name",
      teams({ "kube-shop": team() }),
      'tenancy.teams.kube-shop  begins with "kube-", which is reserved for Kubernetes. Rename the team.',
    ],
    [
      "an add-on's name",
      teams({ monitoring: team() }),
      "tenancy.teams.monitoring  has the name of an add-on's namespace. Rename the team.",
    ],
    [
      "Argo CD's own project",
      teams({ platform: team() }),
      "tenancy.teams.platform  has a name that the platform itself uses. Rename the team.",
    ],
    [
      "no namespace",
      teams({ shop: team({ namespaces: {} }) }),
      "tenancy.teams.shop.namespaces  {} is not at least one namespace. Meaning: Its namespaces by name, each with a quota.",
    ],
    [
      "a namespace that is no name",
      teams({ shop: team({ namespaces: { Shop: {} } }) }),
      'tenancy.teams.shop.namespaces.Shop  is not a namespace: 1 to 63 lower-case letters, digits and hyphens, for example "shop". Rename it.',
    ],
    [
      "an add-on's namespace",
      teams({ shop: team({ namespaces: { argocd: {} } }) }),
      "tenancy.teams.shop.namespaces.argocd  is an add-on's namespace. Name one of the team's own.",
    ],
    [
      "a namespace of Kubernetes",
      teams({ shop: team({ namespaces: { default: {} } }) }),
      "tenancy.teams.shop.namespaces.default  is a namespace of the platform. Name one of the team's own.",
    ],
    [
      "a namespace of two teams",
      teams({ shop: team(), cart: team() }),
      "tenancy.teams.cart.namespaces.shop  is shop's already. A namespace has one team; rename it.",
    ],
    [
      "pods that may do more, without a reason",
      teams({ shop: namespace({ podSecurity: "baseline" }) }),
      'tenancy.teams.shop.namespaces.shop.podSecurity  "baseline" has no reason. Say in tenancy.teams.shop.namespaces.shop.because why its pods cannot be restricted.',
    ],
    [
      "pods that may do everything",
      teams({ shop: namespace({ podSecurity: "privileged" }) }),
      'tenancy.teams.shop.namespaces.shop.podSecurity  "privileged" is not one of "restricted", "baseline". Meaning: Pod Security Standard that its pods must satisfy.',
    ],
    [
      "a container above the quota",
      teams({ shop: namespace({ container: { maxMemoryMiB: 16384 } }) }),
      "tenancy.teams.shop.namespaces.shop.container.maxMemoryMiB  16384 is above the quota's memory limit, in MiB, 8192. Lower it, or raise the other.",
    ],
    [
      "a default above the bound",
      teams({ shop: namespace({ container: { memoryLimitMiB: 4096 } }) }),
      "tenancy.teams.shop.namespaces.shop.container.memoryLimitMiB  4096 is above container.maxMemoryMiB 2048. Lower it, or raise the other.",
    ],
    [
      "a request above its limit",
      teams({ shop: namespace({ container: { memoryMiB: 512 } }) }),
      "tenancy.teams.shop.namespaces.shop.container.memoryMiB  512 is above container.memoryLimitMiB 256. Lower it, or raise the other.",
    ],
    [
      "requests above limits",
      teams({ shop: namespace({ quota: { memoryLimitGiB: 2 } }) }),
      "tenancy.teams.shop.namespaces.shop.quota.memoryGiB  4 is above quota.memoryLimitGiB 2. Lower it, or raise the other.",
    ],
    [
      "a volume above the quota",
      teams({ shop: namespace({ maxVolumeGiB: 100 }) }),
      "tenancy.teams.shop.namespaces.shop.maxVolumeGiB  100 is above quota.storageGiB 50. Lower it, or raise the other.",
    ],
    [
      "CPUs that the cluster does not have",
      teams({ shop: namespace({ quota: { cpu: 8 } }), cart: team({ namespaces: { cart: { quota: { cpu: 4 } } } }) }),
      "tenancy.teams  promise 12 CPUs together, and all nodes have 11.6 for pods at most. Lower quotas, or raise size.max of a node group.",
    ],
    [
      "memory that the cluster does not have",
      teams({ shop: namespace({ quota: { memoryGiB: 41 } }) }),
      "tenancy.teams  promise 41 GiB of memory together, and all nodes have 40.4 for pods at most. Lower quotas, or raise size.max of a node group.",
    ],
    [
      "a role that has an entry",
      teams({ shop: team({ roles: { developer: ["developer"] } }) }),
      'tenancy.teams.shop.roles.developer[0]  "developer" has an entry already (cluster.access.developer). EKS takes one entry per role: give the team a role of its own, or take that entry out.',
    ],
    [
      "a role twice in a team",
      teams({ shop: team({ roles: { devops: ["shop"], developer: ["shop"] } }) }),
      'tenancy.teams.shop.roles.developer[0]  "shop" is there twice. Keep the kind with more rights; it has those of the other.',
    ],
    [
      "an ARN for a role's name",
      teams({ shop: team({ roles: { sqa: ["arn:aws:iam::111122223333:role/qa"] } }) }),
      'tenancy.teams.shop.roles.sqa[0]  "arn:aws:iam::111122223333:role/qa" is not the name of an IAM role, with its path where it has one and without "arn:...", for example "shop-developer". Meaning: An IAM role of this account.',
    ],
    [
      "a role of another team's pods",
      teams({
        shop: namespace({ accounts: { api: "mainline-dev-shop" } }),
        cart: team({ namespaces: { cart: { accounts: { api: "mainline-dev-shop" } } } }),
      }),
      'tenancy.teams.cart.namespaces.cart.accounts.api  "mainline-dev-shop" is of pods of the team shop (tenancy.teams.shop.namespaces.shop.accounts.api). Give each team a role of its own.',
    ],
    [
      "a role that no apply may hand out",
      teams({ shop: namespace({ accounts: { api: "shop-pods" } }) }),
      'tenancy.teams.shop.namespaces.shop.accounts.api  "shop-pods" does not begin with "mainline-dev-". Name it mainline-dev-<more>: an apply by CI hands out roles of this environment only.',
    ],
    [
      "a name of which no role can be made",
      {
        "dev.project": "a-project-of-twenty-two",
        "dev.addons": { "external-secrets": {} },
        ...teams({ "a-team-of-a-name-too-long": team() }),
      },
      "tenancy.teams.a-team-of-a-name-too-long  makes the role a-project-of-twenty-two-dev-team-a-team-of-a-name-too-long-secrets of 66 characters, and AWS takes 64. Shorten the team's name, or that of the environment or project.",
    ],
    [
      "a team that does not exist",
      teams({ shop: team({ network: { to: { billing: { ports: [80] } } } }), cart: team({ namespaces: { cart: {} } }) }),
      "tenancy.teams.shop.network.to.billing  is not a team of this environment. Choose among cart.",
    ],
    [
      "a team that calls itself",
      teams({ shop: team({ network: { to: { shop: { ports: [80] } } } }) }),
      "tenancy.teams.shop.network.to.shop  is the team itself. Set network.within, or drop it.",
    ],
    [
      "an internal load balancer among pods",
      teams({ shop: team({ network: { loadBalancers: ["public", "internal"] } }) }),
      'tenancy.teams.shop.network.loadBalancers[1]  "internal" lets every pod in: internal load balancers have addresses of the private tier, and so have pods here. Give pods a block of their own (network.pods), or use public ones.',
    ],
    [
      "addresses of pods",
      teams({ shop: outbound("10.10.0.0/17") }),
      'tenancy.teams.shop.network.outbound.other.to  "10.10.0.0/17" has addresses of other teams\' pods (10.10.0.0/17). Name teams in network.to.',
    ],
    [
      "addresses inside those of pods",
      { ...ownPods, ...teams({ shop: outbound("100.64.1.0/24") }) },
      'tenancy.teams.shop.network.outbound.other.to  "100.64.1.0/24" has addresses of other teams\' pods (100.64.0.0/16). Name teams in network.to.',
    ],
    [
      "endpoints among pods",
      { "dev.network.interfaceEndpoints": ["sts"], ...teams({ shop: outbound("0.0.0.0/0") }) },
      'tenancy.teams.shop.network.outbound.other.to  "0.0.0.0/0" does not reach interface endpoints: they have addresses of the private tier, and so have pods here. Give pods a block of their own (network.pods), or drop network.interfaceEndpoints.',
    ],
    [
      "neither a block nor a tier",
      teams({ shop: outbound("public") }),
      'tenancy.teams.shop.network.outbound.other.to  "public" is not a CIDR block, for example "0.0.0.0/0", or a tier of the network: "data" (databases, file systems), "intra" (the Kubernetes API). Meaning: Addresses; pods of others are never among them.',
    ],
    [
      "a project that is there already",
      { ...argoCd({ projects: { shop: { repositories: ["*"], namespaces: ["shop"] } } }), ...teams({ shop: delivery() }) },
      "tenancy.teams.shop.delivery  has the name of addons.argo-cd.projects.shop. Keep one of them.",
    ],
    [
      "a GitHub team that does not get in",
      { ...argoCd(), ...teams({ shop: delivery({ developers: ["shop"] }) }) },
      'tenancy.teams.shop.delivery.developers[0]  "shop" does not get into Argo CD. Name it in addons.argo-cd.sso.teams.developer, too.',
    ],
    [
      "a budget of which nobody hears",
      teams({ shop: team({ budget: { monthlyUsd: 10 } }) }),
      "tenancy.teams.shop.budget  has no subscriber. Name somebody in emails, or an SNS topic in topic.",
    ],
    [
      "teams without a cluster",
      { "dev.cluster": undefined, ...teams({ shop: team() }) },
      "cluster  is missing, and teams need one. Add a cluster or drop the tenancy.",
    ],
  ])("%s", (_, changes, says) => expect(said({ ...changes })).toBe(says));
});

describe("accepted", () => {
  test.each<[string, object]>([
    ["a team with its defaults", teams({ shop: team() })],
    [
      "a role that two teams share",
      teams({ shop: team({ roles: { sqa: ["quality"] } }), cart: team({ namespaces: { cart: {} }, roles: { sqa: ["quality"] } }) }),
    ],
    [
      "a role of several namespaces of a team",
      teams({
        shop: team({ namespaces: { shop: { accounts: { api: "mainline-dev-shop" } }, jobs: { accounts: { api: "mainline-dev-shop" } } } }),
      }),
    ],
    ["baseline with a reason", teams({ shop: namespace({ podSecurity: "baseline", because: "its image runs as root until March" }) })],
    ["as many CPUs as there are", teams({ shop: namespace({ quota: { cpu: 11.5 } }) })],
    [
      "more CPUs where Karpenter brings nodes",
      {
        "dev.cluster.karpenter": true,
        "dev.addons": { karpenter: {} },
        ...teams({ shop: namespace({ quota: { cpu: 60, memoryGiB: 100 } }) }),
      },
    ],
    [
      "types whose size is not known",
      { "dev.cluster.nodes.general.instances": ["g6.xlarge"], ...teams({ shop: namespace({ quota: { cpu: 500 } }) }) },
    ],
    ["no storage at all", teams({ shop: namespace({ quota: { storageGiB: 0 } }) })],
    ["an internal load balancer beside pods", { ...ownPods, ...teams({ shop: team({ network: { loadBalancers: ["internal"] } }) }) }],
    ["the internet", teams({ shop: outbound("0.0.0.0/0") })],
    ["endpoints beside pods", { ...ownPods, "dev.network.interfaceEndpoints": ["sts"], ...teams({ shop: outbound("0.0.0.0/0") }) }],
    ["a project without Argo CD: there is none then", teams({ shop: delivery({ developers: ["shop"] }) })],
    [
      "a budget with a topic",
      teams({ shop: team({ budget: { monthlyUsd: 10, topic: "arn:aws:sns:ap-northeast-2:111122223333:costs" } }) }),
    ],
  ])("%s", (_, changes) => expect(said({ ...changes })).toBe(""));
});
