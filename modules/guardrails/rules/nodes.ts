/** Nodes, add-ons and images: nothing borrowed, nothing that changes by itself. */
import { blocksOf, type Json } from "../../terraform-json.ts";
import { isTrue, type Rule } from "../rule.ts";

export const onlyImdsV2: Rule = {
  id: "nodes-imdsv2",
  title: "Nodes answer version 2 of the metadata service only, and only to themselves",
  why: 'A pod must not borrow the node\'s role (FSBP EC2.170, AutoScaling.3; EKS best practices, "Restrict access to the instance profile")',
  applies: ["aws_launch_template", "aws_instance"],
  holds: (attributes) =>
    blocksOf(attributes, "metadata_options").some(
      ({ http_tokens: tokens, http_put_response_hop_limit: hops }) => tokens === "required" && hops === 1,
    ),
  remedy: 'set metadataOptions { httpTokens: "required", httpPutResponseHopLimit: 1 }',
};

export const nodesWithoutPublicAddress: Rule = {
  id: "nodes-no-public-address",
  title: "Nodes have no public address",
  why: "They are reached through load balancers and leave through NAT (FSBP EC2.25, CIS EKS 5.4.3)",
  applies: ["aws_launch_template", "aws_instance"],
  holds: (attributes) =>
    [attributes, ...blocksOf(attributes, "network_interfaces")].every(({ associate_public_ip_address: associates }) => !isTrue(associates)),
  remedy: "leave associatePublicIpAddress off",
};

export const nodesWithoutSshKeys: Rule = {
  id: "nodes-no-ssh-keys",
  title: "Nodes carry no SSH key",
  why: "A shared key cannot be taken back from one person; Session Manager asks IAM (Well-Architected SEC06-BP03)",
  applies: ["aws_launch_template", "aws_instance", "aws_eks_node_group"],
  holds: (attributes) => attributes.key_name === undefined && blocksOf(attributes, "remote_access").length === 0,
  remedy: "remove keyName and remoteAccess",
};

/** A value that means another thing tomorrow. */
const moves = (value: Json | undefined) => typeof value === "string" && /(^|[\s:/])\$?latest$/i.test(value);

export const addonsPinned: Rule = {
  id: "addons-pinned",
  title: "EKS add-ons state their version",
  why: "The default changes under a plan that did not (terraform-aws-eks#1466)",
  applies: ["aws_eks_addon"],
  holds: ({ addon_version: version }) => typeof version === "string" && !moves(version),
  remedy: "set addonVersion from environments/versions.ts",
};

export const nodeGroupsPinned: Rule = {
  id: "node-groups-pinned",
  title: "Managed node groups state the release of their image",
  why: 'Nodes would otherwise be replaced when AWS publishes an image, not when we decide (EKS guide, "Update a managed node group")',
  applies: ["aws_eks_node_group"],
  holds: ({ release_version: release, ami_type: image }) => (typeof release === "string" && !moves(release)) || image === "CUSTOM",
  remedy: "set releaseVersion from environments/versions.ts",
};

export const templatesPinned: Rule = {
  id: "launch-templates-pinned",
  title: "Node groups name the version of their launch template",
  why: "With $Latest a change of the template reaches nodes without a plan that says so",
  applies: ["aws_eks_node_group", "aws_autoscaling_group"],
  holds: (attributes) =>
    blocksOf(attributes, "launch_template").every(({ version }) => version !== undefined && !moves(version) && version !== "$Default"),
  remedy: "set launchTemplate.version to the template's latestVersion attribute",
};

export const nothingNewestByItself: Rule = {
  id: "no-most-recent",
  title: "Nothing is looked up as the newest",
  why: "The same code would plan something else tomorrow (terraform-aws-eks#2589, #3150)",
  applies: ["data.aws_ami", "data.aws_eks_addon_version", "data.aws_ecr_image"],
  holds: ({ most_recent: newest }) => !isTrue(newest),
  remedy: "write the version into environments/versions.ts, where a bot bumps it",
};
