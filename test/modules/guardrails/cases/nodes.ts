import type { JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, json, ref, resources } from "./case.ts";

const template = (attributes: JsonObject) => resources({ aws_launch_template: { it: attributes } });
const nodes = (attributes: JsonObject) => resources({ aws_eks_node_group: { it: attributes } });
const addon = (addon_version: string | undefined) => resources({ aws_eks_addon: { it: { addon_name: "coredns", addon_version } } });

export const nodeCases: Cases = {
  "nodes-imdsv2": {
    holds: [template({ metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 } })],
    fails: [
      template({}),
      template({ metadata_options: { http_tokens: "optional", http_put_response_hop_limit: 1 } }),
      template({ metadata_options: { http_tokens: "required", http_put_response_hop_limit: 2 } }),
    ],
  },
  "nodes-no-public-address": {
    holds: [template({ network_interfaces: [{ associate_public_ip_address: "false" }] })],
    fails: [template({ network_interfaces: [{ associate_public_ip_address: "true" }] })],
  },
  "nodes-no-ssh-keys": {
    holds: [template({}), nodes({})],
    fails: [template({ key_name: "team" }), nodes({ remote_access: { ec2_ssh_key: "team" } })],
  },
  "addons-pinned": {
    holds: [addon("v1.13.2-eksbuild.1")],
    fails: [addon(undefined), addon("latest")],
  },
  "node-groups-pinned": {
    holds: [nodes({ release_version: "1.35.2-20261101" }), nodes({ ami_type: "CUSTOM" })],
    fails: [nodes({ ami_type: "AL2023_x86_64_STANDARD" })],
  },
  "launch-templates-pinned": {
    holds: [nodes({ launch_template: { version: ref("aws_launch_template.it.latest_version") } })],
    fails: [
      nodes({ launch_template: { id: "lt-1" } }),
      nodes({ launch_template: { version: "$Latest" } }),
      resources({ aws_autoscaling_group: { it: { launch_template: { version: "$Default" } } } }),
    ],
  },
  "no-most-recent": {
    holds: [json({ data: { aws_ami: { it: { most_recent: false } } } })],
    fails: [json({ data: { aws_ami: { it: { most_recent: true } } } })],
  },
};
