/** The REST-JSON protocol of EKS: which request is which operation, and its input. Source: EKS API reference, "Request Syntax". */
import type { AwsRequest } from "../gateway/service.ts";
import { EksError, invalid } from "./errors.ts";
import type { OperationName } from "./operations/contract.ts";

interface Route {
  readonly operation: OperationName;
  readonly method: string;
  readonly path: readonly string[];
  /** Members of the body that must be there. */
  readonly required: readonly string[];
}

const cluster = "/clusters/{clusterName}";

/** One line per operation: method, path, members of the body that must be there. */
const table: Readonly<Record<OperationName, readonly [method: string, path: string, ...required: string[]]>> = {
  CreateCluster: ["POST", "/clusters", "name", "roleArn", "resourcesVpcConfig"],
  DescribeCluster: ["GET", "/clusters/{name}"],
  ListClusters: ["GET", "/clusters"],
  DeleteCluster: ["DELETE", "/clusters/{name}"],
  UpdateClusterConfig: ["POST", "/clusters/{name}/update-config"],
  UpdateClusterVersion: ["POST", "/clusters/{name}/updates", "version"],
  AssociateEncryptionConfig: ["POST", `${cluster}/encryption-config/associate`, "encryptionConfig"],
  DescribeUpdate: ["GET", "/clusters/{name}/updates/{updateId}"],
  ListUpdates: ["GET", "/clusters/{name}/updates"],
  DescribeClusterVersions: ["GET", "/cluster-versions"],

  CreateNodegroup: ["POST", `${cluster}/node-groups`, "nodegroupName", "subnets", "nodeRole"],
  DescribeNodegroup: ["GET", `${cluster}/node-groups/{nodegroupName}`],
  ListNodegroups: ["GET", `${cluster}/node-groups`],
  UpdateNodegroupConfig: ["POST", `${cluster}/node-groups/{nodegroupName}/update-config`],
  UpdateNodegroupVersion: ["POST", `${cluster}/node-groups/{nodegroupName}/update-version`],
  DeleteNodegroup: ["DELETE", `${cluster}/node-groups/{nodegroupName}`],

  CreateFargateProfile: ["POST", `${cluster}/fargate-profiles`, "fargateProfileName", "podExecutionRoleArn"],
  DescribeFargateProfile: ["GET", `${cluster}/fargate-profiles/{fargateProfileName}`],
  ListFargateProfiles: ["GET", `${cluster}/fargate-profiles`],
  DeleteFargateProfile: ["DELETE", `${cluster}/fargate-profiles/{fargateProfileName}`],

  CreateAddon: ["POST", `${cluster}/addons`, "addonName"],
  DescribeAddon: ["GET", `${cluster}/addons/{addonName}`],
  ListAddons: ["GET", `${cluster}/addons`],
  UpdateAddon: ["POST", `${cluster}/addons/{addonName}/update`],
  DeleteAddon: ["DELETE", `${cluster}/addons/{addonName}`],
  DescribeAddonVersions: ["GET", "/addons/supported-versions"],
  DescribeAddonConfiguration: ["GET", "/addons/configuration-schemas"],

  CreateAccessEntry: ["POST", `${cluster}/access-entries`, "principalArn"],
  DescribeAccessEntry: ["GET", `${cluster}/access-entries/{principalArn}`],
  ListAccessEntries: ["GET", `${cluster}/access-entries`],
  UpdateAccessEntry: ["POST", `${cluster}/access-entries/{principalArn}`],
  DeleteAccessEntry: ["DELETE", `${cluster}/access-entries/{principalArn}`],
  ListAccessPolicies: ["GET", "/access-policies"],
  AssociateAccessPolicy: ["POST", `${cluster}/access-entries/{principalArn}/access-policies`, "policyArn", "accessScope"],
  DisassociateAccessPolicy: ["DELETE", `${cluster}/access-entries/{principalArn}/access-policies/{policyArn}`],
  ListAssociatedAccessPolicies: ["GET", `${cluster}/access-entries/{principalArn}/access-policies`],

  CreatePodIdentityAssociation: ["POST", `${cluster}/pod-identity-associations`, "namespace", "serviceAccount", "roleArn"],
  DescribePodIdentityAssociation: ["GET", `${cluster}/pod-identity-associations/{associationId}`],
  ListPodIdentityAssociations: ["GET", `${cluster}/pod-identity-associations`],
  UpdatePodIdentityAssociation: ["POST", `${cluster}/pod-identity-associations/{associationId}`],
  DeletePodIdentityAssociation: ["DELETE", `${cluster}/pod-identity-associations/{associationId}`],

  ListIdentityProviderConfigs: ["GET", `${cluster}/identity-provider-configs`],
  TagResource: ["POST", "/tags/{resourceArn}", "tags"],
  UntagResource: ["DELETE", "/tags/{resourceArn}"],
  ListTagsForResource: ["GET", "/tags/{resourceArn}"],
};

const routes: readonly Route[] = (Object.keys(table) as OperationName[]).map((operation) => {
  const [method, path, ...required] = table[operation];
  return { operation, method, path: path.split("/").slice(1), required };
});

/** Query parameters that are not plain text. */
const listParameters = new Set(["tagKeys", "types", "publishers", "owners", "clusterVersions", "include"]);
const numberParameters = new Set(["maxResults"]);
const flagParameters = new Set(["preserve", "defaultOnly", "includeAll"]);

export interface Asked {
  readonly operation: OperationName;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * @throws UnsupportedOperationException for an operation that is not emulated, InvalidParameterException for a missing member or a body
 * that is no JSON object.
 */
export function route(request: Pick<AwsRequest, "method" | "url" | "body">): Asked {
  const segments = request.url.pathname.replace(/\/$/, "").split("/").slice(1);
  for (const { operation, method, path, required } of routes) {
    if (method !== request.method || path.length !== segments.length) continue;
    const labels = match(path, segments);
    if (!labels) continue;
    const input = { ...query(request.url.searchParams), ...json(request.body), ...labels };
    const missing = required.find((member) => input[member] === undefined || input[member] === null);
    if (missing) throw invalid(`Missing required parameter: ${missing}.`);
    return { operation, input };
  }
  throw new EksError("UnsupportedOperationException", `The emulated EKS has no ${request.method} ${request.url.pathname}.`);
}

/** Segments are split before they are decoded: an ARN in a path has its slashes escaped. */
function match(path: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const labels: Record<string, string> = {};
  for (const [at, part] of path.entries()) {
    const segment = decodeURIComponent(segments[at] ?? "");
    if (part.startsWith("{")) labels[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return labels;
}

function query(parameters: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...new Set(parameters.keys())].map((key) => {
      const value = parameters.get(key) ?? "";
      if (listParameters.has(key)) return [key, parameters.getAll(key)];
      if (numberParameters.has(key)) return [key, Number(value)];
      return [key, flagParameters.has(key) ? value === "true" : value];
    }),
  );
}

function json(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // told below
  }
  throw invalid("The request body is not a JSON object.");
}
