/** How a node is started, for managed and self-managed groups alike. */
import { LaunchTemplate, type LaunchTemplateConfig } from "@cdktf/provider-aws/lib/launch-template/index.js";
import { Construct } from "constructs";

export interface NodeTemplateSettings {
  readonly name: string;
  readonly diskGiB: number;
  readonly keyArn: string;
  readonly securityGroupIds: readonly string[];
  /** Base64. */
  readonly userData: string;
  readonly tags: Readonly<Record<string, string>>;
  /** What a managed group must not say: EKS chooses image and role there. */
  readonly own?: Pick<LaunchTemplateConfig, "imageId" | "iamInstanceProfile" | "instanceType">;
}

/** What a launch template makes and the provider's default tags do not reach (provider documentation, "default_tags"). */
const tagged = ["instance", "volume", "network-interface"];

export class NodeTemplate extends Construct {
  readonly templateId: string;
  readonly version: string;

  constructor(scope: Construct, id: string, settings: NodeTemplateSettings) {
    super(scope, id);
    const { name, diskGiB, keyArn, securityGroupIds, userData, own } = settings;
    const tags = { ...settings.tags, Name: name };
    const template = new LaunchTemplate(this, "template", {
      name,
      updateDefaultVersion: true,
      metadataOptions: {
        httpEndpoint: "enabled",
        // IMDSv2 only, and no hop further: a pod must not borrow the node's role (EKS best practices, "Restrict access to the instance profile").
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      },
      blockDeviceMappings: [
        {
          // Root device of AL2023 images.
          deviceName: "/dev/xvda",
          ebs: { volumeType: "gp3", volumeSize: diskGiB, encrypted: "true", kmsKeyId: keyArn, deleteOnTermination: "true" },
        },
      ],
      // Metrics per minute instead of five: alarms on nodes are worth the price of seven metrics each.
      monitoring: { enabled: true },
      // An own template replaces what EKS would attach: the cluster's group must be named, else nodes never reach the API.
      vpcSecurityGroupIds: [...securityGroupIds],
      userData,
      tagSpecifications: tagged.map((resourceType) => ({ resourceType, tags })),
      ...own,
    });
    this.templateId = template.id;
    this.version = template.getStringAttribute("latest_version");
  }
}
