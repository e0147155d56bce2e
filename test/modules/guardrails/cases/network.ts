import type { Blocks, JsonObject } from "../../../../modules/terraform-json.ts";
import { type Cases, ref, resources } from "./case.ts";

const inVpc = (others: Blocks) => resources({ aws_vpc: { it: { cidr_block: "10.0.0.0/16" } }, ...others });
const vpc_id = ref("aws_vpc.it.id");
const default_network_acl_id = ref("aws_vpc.it.default_network_acl_id");
const open = [{ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }];
const acl = (ingress: readonly JsonObject[]) => resources({ aws_network_acl: { it: { ingress } } });
const numbered = (rule_no: number, action: string, from_port: number, to_port: number, cidr_block = "0.0.0.0/0") => ({
  rule_no,
  action,
  from_port,
  to_port,
  cidr_block,
  protocol: "tcp",
});

export const network: Cases = {
  "default-security-group-empty": {
    holds: [inVpc({ aws_default_security_group: { it: { vpc_id } } })],
    fails: [inVpc({}), inVpc({ aws_default_security_group: { it: { vpc_id, ingress: open } } })],
  },
  "default-network-acl-empty": {
    holds: [inVpc({ aws_default_network_acl: { it: { default_network_acl_id } } })],
    fails: [inVpc({}), inVpc({ aws_default_network_acl: { it: { default_network_acl_id, egress: open } } })],
  },
  "flow-logs-on": {
    holds: [inVpc({ aws_flow_log: { it: { vpc_id, traffic_type: "ALL" } } })],
    fails: [inVpc({}), inVpc({ aws_flow_log: { it: { vpc_id, traffic_type: "REJECT" } } })],
  },
  "network-acl-no-ssh": {
    holds: [
      acl([numbered(100, "allow", 443, 443)]),
      acl([numbered(200, "allow", 22, 22, "10.0.0.0/16")]),
      acl([numbered(300, "allow", 1024, 65535), numbered(100, "deny", 3389, 3389)]),
    ],
    fails: [
      acl([numbered(100, "allow", 22, 22)]),
      // A refusal of UDP is none of TCP.
      acl([{ ...numbered(100, "deny", 3389, 3389), protocol: "udp" }, numbered(200, "allow", 1024, 65535)]),
      acl([numbered(100, "allow", 1024, 65535), numbered(200, "deny", 3389, 3389)]),
      acl([{ rule_no: 100, action: "allow", protocol: "-1", from_port: 0, to_port: 0, cidr_block: "0.0.0.0/0" }]),
      resources({
        aws_network_acl: { it: {} },
        aws_network_acl_rule: {
          it: {
            network_acl_id: ref("aws_network_acl.it.id"),
            rule_number: 100,
            rule_action: "allow",
            protocol: "6",
            from_port: 22,
            to_port: 22,
            cidr_block: "0.0.0.0/0",
          },
        },
      }),
    ],
  },
};
