/** What must hold inside `ci`: names that exist, somewhere for builds and instances to be, and nobody who is trusted in vain. */
import type { Problem } from "../problem.ts";
import { upstreams } from "../schema/ci/registries.ts";
import type { CiConfig } from "../schema.ts";
import type { AttributedProblem, Check, CrossCheck } from "./check.ts";

type Deployment = CiConfig["deployments"][string];

/** A part that is named but not there. */
function unknown(path: string, found: string, of: string, known: readonly string[]): Problem[] {
  if (known.includes(found)) return [];
  const remedy = known.length > 0 ? `Choose among ${known.join(", ")}, or add it` : "Add it";
  return [{ path, found, wrong: `is not in ${of}`, remedy }];
}

/** Connections, services and deployments that a pipeline names. */
export const pipelineParts: Check = ({ ci }) =>
  Object.entries(ci?.pipelines ?? {}).flatMap(([name, { source, build, deployment }]) => {
    const at = `ci.pipelines.${name}`;
    const { connections = {}, services = {}, deployments = {} } = ci ?? {};
    return [
      ...unknown(`${at}.source.connection`, source.connection, "ci.connections", Object.keys(connections)),
      ...(build.service === undefined ? [] : unknown(`${at}.build.service`, build.service, "ci.services", Object.keys(services))),
      ...(deployment === undefined ? [] : unknown(`${at}.deployment`, deployment, "ci.deployments", Object.keys(deployments))),
    ];
  });

/**
 * CodePipeline makes a folder of artifacts of the first 20 characters of a pipeline's name, which begins with ours; builds are held to that folder.
 */
export const artifactFoldersDiffer: Check = ({ ci }) => {
  const names = Object.keys(ci?.pipelines ?? {});
  return names.flatMap((name, i): Problem[] => {
    const other = names.slice(0, i).find((before) => before.slice(0, 20) === name.slice(0, 20));
    if (other === undefined) return [];
    const wrong = `has the first 20 characters of ${other}, so that their builds would share artifacts`;
    return [{ path: `ci.pipelines.${name}`, wrong, remedy: "Rename one" }];
  });
};

/** An approval before nothing. */
export const approvalBeforeDeployment: Check = ({ ci }) =>
  Object.entries(ci?.pipelines ?? {}).flatMap(([name, { approval, deployment }]) =>
    approval === undefined || deployment !== undefined
      ? []
      : [{ path: `ci.pipelines.${name}.approval`, wrong: "is before no deployment", remedy: "Name a deployment, or drop the approval" }],
  );

/** Builds and fleets live in private subnets and reach sources and packages through NAT. */
export const placeForBuilds: Check = ({ ci, network }) => {
  const fleets = Object.values(ci?.deployments ?? {}).filter(({ fleet }) => fleet !== undefined);
  if (Object.keys(ci?.pipelines ?? {}).length + fleets.length === 0) return [];
  const who = "and builds and fleets of `ci` live in its private subnets";
  if (!network) return [{ path: "network", wrong: `is missing, ${who}`, remedy: "Add a network or drop pipelines and fleets" }];
  const central = network.transitGateway?.routes.includes("0.0.0.0/0") ?? false;
  if (network.nat !== "none" || central) return [];
  const remedy = "Set network.nat, or a default route by transit gateway";
  return [{ path: "network.nat", found: "none", wrong: `leaves no way out, ${who}`, remedy }];
};

function placesOf({ fleet, autoScalingGroup, tags }: Deployment): string[] {
  return [
    ...(fleet ? ["fleet"] : []),
    ...(autoScalingGroup === undefined ? [] : ["autoScalingGroup"]),
    ...(Object.keys(tags).length > 0 ? ["tags"] : []),
  ];
}

/** Where a deployment goes: to one kind of place, and for blue-green to one that can be copied behind a load balancer. */
export const deploymentPlaces: Check = ({ ci }) =>
  Object.entries(ci?.deployments ?? {}).flatMap(([name, deployment]): Problem[] => {
    const path = `ci.deployments.${name}`;
    const places = placesOf(deployment);
    const { style, autoScalingGroup, targetGroup, minimumHealthy, fleet } = deployment;
    const one =
      places.length === 1
        ? []
        : [
            {
              path,
              wrong: places.length === 0 ? "names no instances" : `names ${places.join(" and ")}`,
              remedy: "Set one of fleet, autoScalingGroup, tags",
            },
          ];
    const copied =
      style === "in-place" || (autoScalingGroup !== undefined && targetGroup !== undefined)
        ? []
        : [
            {
              path,
              wrong: "is blue-green without autoScalingGroup and targetGroup",
              remedy: "Set both: the group is copied, the load balancer switched",
            },
          ];
    const rule =
      minimumHealthy === undefined || (minimumHealthy.hosts === undefined) !== (minimumHealthy.percent === undefined)
        ? []
        : [{ path: `${path}.minimumHealthy`, wrong: "does not say either hosts or percent", remedy: "Set one of them" }];
    const room =
      fleet && minimumHealthy?.hosts !== undefined && minimumHealthy.hosts >= fleet.min
        ? [
            {
              path: `${path}.minimumHealthy.hosts`,
              found: minimumHealthy.hosts,
              wrong: `leaves none of ${fleet.min} instances to deploy to`,
              remedy: "Lower it, or raise fleet.min",
            },
          ]
        : [];
    const size =
      fleet && fleet.min > fleet.max
        ? [{ path: `${path}.fleet.min`, found: fleet.min, wrong: `is above max ${fleet.max}`, remedy: "Lower it, or raise max" }]
        : [];
    const reached =
      fleet && targetGroup !== undefined && fleet.served === undefined
        ? [
            {
              path: `${path}.fleet.served`,
              wrong: `is missing, and ${targetGroup} reaches none of the instances`,
              remedy: "Name the port and the load balancer's security group",
            },
          ]
        : [];
    return [...one, ...copied, ...rule, ...room, ...size, ...reached];
  });

/** A service whose images nobody may push, and projects of CircleCI without its issuer. */
export const pushersTrusted: Check = ({ ci }) =>
  Object.entries(ci?.services ?? {}).flatMap(([name, { circleciProject, assumedBy, previews }]): Problem[] => {
    const at = `ci.services.${name}`;
    const built = Object.values(ci?.pipelines ?? {}).some(({ build }) => build.service === name);
    if (circleciProject !== undefined && !ci?.circleci) {
      return [{ path: `${at}.circleciProject`, found: circleciProject, wrong: "is not trusted", remedy: "Set ci.circleci.organization" }];
    }
    if (previews && !ci?.github) {
      return [
        { path: `${at}.previews`, found: true, wrong: "lets nobody push: GitHub is not trusted", remedy: "Set ci.github, or drop it" },
      ];
    }
    if (ci?.github || circleciProject !== undefined || assumedBy.length > 0 || built) return [];
    return [
      {
        path: at,
        wrong: "has nobody who may push its images",
        remedy: "Set ci.github, circleciProject or assumedBy, or build it in a pipeline",
      },
    ];
  });

/** Credentials of caches, and copies to where the images are already. */
export const registryNeeds: Check = ({ ci, account, region }) => {
  const { pullThrough = {}, replicas = [] } = ci?.registries ?? {};
  const caches = Object.entries(pullThrough).flatMap(([name, { upstream, secret }]): Problem[] => {
    const path = `ci.registries.pullThrough.${name}.secret`;
    if (secret === undefined) {
      if (upstreams[upstream] === "open") return [];
      return [
        { path, wrong: `is missing, and ${upstream} asks for credentials`, remedy: "Name a secret with `username` and `accessToken`" },
      ];
    }
    // ECR user guide, "Storing your upstream repository credentials in an AWS Secrets Manager secret".
    if (secret.includes(":secret:ecr-pullthroughcache/")) return [];
    return [{ path, found: secret, wrong: "is a secret that ECR does not read", remedy: "Its name must begin with ecr-pullthroughcache/" }];
  });
  const copies = replicas.flatMap((replica, i): Problem[] => {
    if (replica.region !== region || (replica.account ?? account) !== account) return [];
    return [
      {
        path: `ci.registries.replicas[${i}]`,
        found: replica.region,
        wrong: "is this registry itself",
        remedy: "Name another region or account",
      },
    ];
  });
  return [...caches, ...copies];
};

/** Environments that pull exist and are in the account that is named. */
export const readersExist: CrossCheck = (environments) =>
  environments.flatMap(({ name, ci }) =>
    Object.entries(ci?.registries.readers ?? {}).flatMap(([reader, account]): AttributedProblem[] => {
      const at = { environment: name, path: `ci.registries.readers.${reader}`, found: account };
      const known = environments.find((candidate) => candidate.name === reader);
      if (!known)
        return [
          {
            ...at,
            wrong: "is of an environment that does not exist",
            remedy: `Choose among ${environments.map((other) => other.name).join(", ")}`,
          },
        ];
      if (known.account === account) return [];
      return [{ ...at, wrong: `is not ${reader}'s account`, remedy: `Set it to "${known.account}"` }];
    }),
  );

/** Teams of services, where any environment says which teams there are. */
export const serviceTeamsExist: CrossCheck = (environments) => {
  const teams = [...new Set(environments.flatMap(({ tenancy }) => Object.keys(tenancy?.teams ?? {})))];
  if (teams.length === 0) return [];
  return environments.flatMap(({ name, ci }) =>
    Object.entries(ci?.services ?? {})
      .filter(([, { team }]) => !teams.includes(team))
      .map(([service, { team }]): AttributedProblem => {
        const path = `ci.services.${service}.team`;
        return { environment: name, path, found: team, wrong: "is a team of no environment", remedy: `Choose among ${teams.join(", ")}` };
      }),
  );
};
