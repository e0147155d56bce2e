/** What must hold between environments: addresses, accounts and states, Kubernetes versions. */
import { overlaps, prefixLength } from "../ipv4.ts";
import { show } from "../problem.ts";
import type { Environment } from "../schema.ts";
import { kubernetes, kubernetesVersions } from "../versions.ts";
import type { AttributedProblem, CrossCheck } from "./check.ts";

/** An environment with every one that stands before it. */
function withEarlier(environments: readonly Environment[]): { environment: Environment; earlier: readonly Environment[] }[] {
  return environments.map((environment, i) => ({ environment, earlier: environments.slice(0, i) }));
}

/** Example for a remedy: the first of some candidates that overlaps no block in use; empty where there is none. */
function freeExample(template: (i: number) => string, used: readonly string[]): string {
  const candidates = Array.from({ length: 24 }, (_, i) => template(i + 1));
  const free = candidates.find((candidate) => used.every((block) => !overlaps(candidate, block)));
  return free === undefined ? "" : `, for example ${free}`;
}

/** Two VPCs with the same addresses can never be peered or share a transit gateway, and a VPC's block cannot be changed. */
export const vpcBlocksDiffer: CrossCheck = (environments) => {
  const used = environments.flatMap(({ network }) => (network ? [network.cidr] : []));
  return withEarlier(environments).flatMap(({ environment: { name, network }, earlier }): AttributedProblem[] => {
    if (!network) return [];
    const other = earlier.find((candidate) => candidate.network && overlaps(candidate.network.cidr, network.cidr));
    if (!other?.network) return [];
    const free = freeExample((i) => `10.${i * 10}.0.0/${prefixLength(network.cidr)}`, used);
    const remedy = `Give each environment its own block${free}`;
    return [
      { environment: name, path: "network.cidr", found: network.cidr, wrong: `overlaps ${other.name}'s ${other.network.cidr}`, remedy },
    ];
  });
};

/**
 * Pod blocks, too, although no route leads to them: VPCs with any block in common cannot be peered (VPC peering guide, "Limitations"), a
 * pod block cannot be changed later, and 100.64.0.0/10 has room for 64 environments.
 */
export const podBlocksDiffer: CrossCheck = (environments) => {
  const used = environments.flatMap(({ network }) => (network?.pods ? [network.pods.cidr] : []));
  return withEarlier(environments).flatMap(({ environment: { name, network }, earlier }): AttributedProblem[] => {
    const pods = network?.pods;
    if (!pods) return [];
    const other = earlier.find(({ network: theirs }) => theirs?.pods && overlaps(theirs.pods.cidr, pods.cidr));
    if (!other) return [];
    const free = freeExample((i) => `100.${63 + i}.0.0/${prefixLength(pods.cidr)}`, used);
    const remedy = `VPCs with a block in common can never be peered; take your own${free}`;
    return [
      {
        environment: name,
        path: "network.pods.cidr",
        found: pods.cidr,
        wrong: `overlaps ${other.name}'s ${other.network?.pods?.cidr}`,
        remedy,
      },
    ];
  });
};

/** `state.sharedWith` names an environment that has a bucket which this one can use. */
export const sharedStateExists: CrossCheck = (environments) =>
  environments.flatMap((environment): AttributedProblem[] => {
    const { name, state, account, region, project } = environment;
    if (state.sharedWith === undefined) return [];
    const at = { environment: name, path: "state.sharedWith", found: state.sharedWith };
    const owner = environments.find((candidate) => candidate.name === state.sharedWith);
    if (owner === environment)
      return [{ ...at, wrong: "is this environment itself", remedy: "Drop it: an environment has its own bucket by default" }];
    const names = environments.map((candidate) => candidate.name).filter((candidate) => candidate !== name);
    if (!owner) return [{ ...at, wrong: "is not an environment", remedy: `Choose among ${names.join(", ")}` }];
    const differing = (["account", "region", "project"] as const).find((key) => owner[key] !== { account, region, project }[key]);
    if (differing) {
      return [
        {
          ...at,
          wrong: `has another ${differing}: ${show(owner[differing])}`,
          remedy: "A bucket is shared within one account, region and project",
        },
      ];
    }
    if (owner.state.sharedWith === undefined) return [];
    return [
      {
        ...at,
        wrong: `has no bucket of its own but shares ${owner.state.sharedWith}'s`,
        remedy: `Share ${owner.state.sharedWith}'s directly`,
      },
    ];
  });

/** One bucket and key per account and region: a second would have the same guards and twice the places to look. */
export const oneStatePerAccount: CrossCheck = (environments) =>
  withEarlier(environments).flatMap(({ environment: { name, account, region, state }, earlier }): AttributedProblem[] => {
    if (state.sharedWith !== undefined) return [];
    const owner = earlier.find((other) => other.account === account && other.region === region && other.state.sharedWith === undefined);
    if (!owner) return [];
    const remedy = `Set state.sharedWith to "${owner.name}", or give the environment an account of its own`;
    return [
      { environment: name, path: "account", found: account, wrong: `is also ${owner.name}'s, which has a state bucket there`, remedy },
    ];
  });

/** IAM has one OIDC provider per issuer in an account; the issuer of CircleCI is the organization's. */
export const oneProviderPerIssuer: CrossCheck = (environments) =>
  withEarlier(environments).flatMap(({ environment: { name, account, ci }, earlier }) =>
    (["github", "circleci"] as const).flatMap((system): AttributedProblem[] => {
      if (ci?.[system]?.provider !== "make") return [];
      const sameIssuer = (theirs: Environment["ci"]) => system === "github" || theirs?.circleci?.organization === ci.circleci?.organization;
      const other = earlier.find((each) => each.account === account && each.ci?.[system]?.provider === "make" && sameIssuer(each.ci));
      if (!other) return [];
      const wrong = `is ${other.name}'s, too, which is in the same account`;
      const remedy = 'Set it to "existing": an account has one OIDC provider per issuer of tokens';
      return [{ environment: name, path: `ci.${system}.provider`, found: "make", wrong, remedy }];
    }),
  );

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

interface ClusterVersion {
  readonly name: string;
  readonly version: string;
}

/** A version reaches an environment only after all before it, and none lags more than one minor: upgrades go one minor at a time. */
export const versionsTravel: CrossCheck = (environments) => {
  const all = environments.flatMap(({ name, cluster }) => (cluster ? [{ name, version: cluster.version ?? kubernetes }] : []));
  // A version that nobody knows is a mistake of its own (versionKnown); to compare it would make two of one.
  return outOfStep(all.filter(({ version }) => Object.hasOwn(kubernetesVersions, version)));
};

/** Clusters that are ahead of one before them, or more than one minor behind. */
export function outOfStep(clusters: readonly ClusterVersion[]): AttributedProblem[] {
  return clusters.flatMap(({ name, version }, i): AttributedProblem[] => {
    const at = { environment: name, path: "cluster.version", found: version };
    const before = clusters.slice(0, i);
    const behind = before.find((other) => minorOf(other.version) < minorOf(version));
    if (behind) {
      const remedy = `Upgrade ${behind.name} first; the order is that of environments/index.ts`;
      return [{ ...at, wrong: `is ahead of ${behind.name}'s ${behind.version}`, remedy }];
    }
    const ahead = before.find((other) => minorOf(other.version) > minorOf(version) + 1);
    if (!ahead) return [];
    const remedy = "Upgrade this environment before the next step of the others";
    return [{ ...at, wrong: `is more than one minor behind ${ahead.name}'s ${ahead.version}`, remedy }];
  });
}
