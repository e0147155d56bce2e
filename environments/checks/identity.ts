/** What an environment is: its names, its provider, what it needs to be whole. */
import type { Problem } from "../problem.ts";
import { type Check, repeated } from "./check.ts";

/** Characters of the longest name of an S3 bucket. Source: S3 user guide, "General purpose bucket naming rules". */
const longestBucketName = 63;
/** The thing whose bucket every state is found by; others may cut the end of the region, which their account and name make up for. */
const longestThing = "-tfstate".length;

/** Buckets are named `<project>-<environment>-<thing>-<account>-<region>`, because their names are global. */
export const nameLength: Check = ({ project, name, account, region }) => {
  const longest = longestBucketName - longestThing - `-${account}-${region}`.length;
  const prefix = `${project}-${name}`;
  if (prefix.length <= longest) return [];
  const wrong = `makes "${prefix}" with ${prefix.length} characters, and bucket names have room for ${longest}`;
  return [{ path: "name", found: name, wrong, remedy: "Choose a shorter project or environment name" }];
};

/** Oldest version of the AWS provider that is tried, and first major that is not (versions.ts, `providerConstraint`). */
export const triedProvider = { from: "5.100.0", below: "7.0.0" } as const;

/** A lower bound outside the versions that this workspace is tried with. */
export const providerTried: Check = ({ awsProvider }) => {
  const { from, below } = triedProvider;
  if (compareVersions(awsProvider, from) >= 0 && compareVersions(awsProvider, below) < 0) return [];
  return [
    {
      path: "awsProvider",
      found: awsProvider,
      wrong: `is not in the tried range from ${from} to below ${below}`,
      remedy: "Choose a version in it",
    },
  ];
};

function compareVersions(one: string, other: string): number {
  const others = other.split(".").map(Number);
  const difference = one.split(".").map((part, i) => Number(part) - (others[i] ?? 0));
  return difference.find((part) => part !== 0) ?? 0;
}

/** A cluster without a network has nowhere to be. */
export const clusterHasNetwork: Check = ({ cluster, network }) =>
  cluster && !network
    ? [{ path: "network", wrong: "is missing, and the cluster needs one", remedy: "Add a network or drop the cluster" }]
    : [];

/** In production one role alone may delete a protected cluster. Whether it is protected at all is a guardrail's matter, which can be waived. */
export const deletionRoleNamed: Check = ({ profile, protection, cluster }) => {
  if (profile !== "production" || !cluster || !protection.deletion || protection.deletionRole !== undefined) return [];
  const remedy = "Name the one role that may delete the cluster; all others get an explicit deny";
  return [{ path: "protection.deletionRole", wrong: "is missing, and the profile is production", remedy }];
};

/** A load balancer of the other kind: AWS takes network and gateway load balancers for endpoint services, not mixed, and no ALB. */
export const endpointServiceKind: Check = ({ network }) =>
  Object.entries(network?.endpointServices ?? {}).flatMap(([name, { kind, loadBalancerArns }]) =>
    loadBalancerArns.flatMap((arn, i): Problem[] => {
      const part = kind === "network" ? ":loadbalancer/net/" : ":loadbalancer/gwy/";
      if (arn.includes(part)) return [];
      const path = `network.endpointServices.${name}.loadBalancerArns[${i}]`;
      return [{ path, found: arn, wrong: `is not a ${kind} load balancer`, remedy: `Its ARN has "${part}"; correct it or change kind` }];
    }),
  );

/** A waiver twice: which of the two dates holds? */
export const waiversDiffer: Check = ({ waivers }) =>
  repeated(waivers.map(({ rule, stack, resource }) => `${rule} for ${stack} ${resource}`)).map(({ value, position }) => {
    return { path: `waivers[${position}]`, found: value, wrong: "is waived already", remedy: "Keep one of them, with one date" };
  });
