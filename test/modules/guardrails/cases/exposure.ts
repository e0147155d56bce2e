import type { JsonObject } from "../../../../modules/terraform-json.ts";
import { allowing, type Cases, ref, resources } from "./case.ts";

const rule = (attributes: JsonObject) => resources({ aws_vpc_security_group_ingress_rule: { it: { ip_protocol: "tcp", ...attributes } } });
const port = (number: number) => ({ from_port: number, to_port: number });
const group = (ingress: JsonObject) => resources({ aws_security_group: { it: { ingress: [ingress] } } });
const key = (statement: Readonly<Record<string, unknown>>) =>
  resources({ aws_kms_key: { it: { policy: allowing({ Action: "kms:Decrypt", Resource: "*", ...statement }) } } });
const endpoint = (attributes: JsonObject) => resources({ aws_vpc_endpoint: { it: { vpc_endpoint_type: "Interface", ...attributes } } });
const service = (allowed_principals: string[]) => resources({ aws_vpc_endpoint_service: { it: { allowed_principals } } });

export const exposure: Cases = {
  "world-reaches-web-ports-only": {
    holds: [
      rule({ ...port(443), cidr_ipv4: "0.0.0.0/0" }),
      rule({ ...port(80), cidr_ipv6: "::/0" }),
      rule({ ip_protocol: "-1", referenced_security_group_id: ref("aws_security_group.node.id") }),
      group({ protocol: "tcp", ...port(5432), cidr_blocks: ["10.0.0.0/16"] }),
    ],
    fails: [
      rule({ ...port(8080), cidr_ipv4: "0.0.0.0/0" }),
      rule({ from_port: 80, to_port: 443, cidr_ipv4: "0.0.0.0/0" }),
      rule({ ip_protocol: "-1", cidr_ipv6: "::/0" }),
      group({ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["0.0.0.0/0"] }),
      resources({
        aws_security_group_rule: { it: { type: "ingress", protocol: "tcp", ...port(5432), cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] } },
      }),
    ],
  },
  "no-ssh-from-addresses": {
    holds: [
      rule({ ...port(443), prefix_list_id: ref("aws_ec2_managed_prefix_list.seoul.id") }),
      rule({ ip_protocol: "-1", referenced_security_group_id: ref("aws_security_group.node.id") }),
      resources({ aws_security_group_rule: { out: { type: "egress", protocol: "tcp", ...port(22), cidr_blocks: ["10.0.0.0/8"] } } }),
    ],
    fails: [
      rule({ ...port(22), cidr_ipv4: "203.0.113.0/24" }),
      rule({ ...port(22), prefix_list_id: ref("aws_ec2_managed_prefix_list.seoul.id") }),
      rule({ from_port: 1024, to_port: 65535, cidr_ipv4: "10.0.0.0/16" }),
    ],
  },
  "security-group-rules-explained": {
    holds: [rule({ ...port(443), description: "HTTPS from the offices" })],
    fails: [rule(port(443)), rule({ ...port(443), description: "" })],
  },
  "subnets-no-public-addresses": {
    holds: [resources({ aws_subnet: { public_a: { cidr_block: "10.0.0.0/24" } } })],
    fails: [resources({ aws_subnet: { public_a: { map_public_ip_on_launch: true } } })],
  },
  "resource-policies-name-who": {
    holds: [
      key({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
      key({ Principal: { AWS: "*" }, Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }),
    ],
    fails: [key({ Principal: "*" }), key({ Principal: { AWS: "*" } })],
  },
  "endpoints-have-policies": {
    holds: [
      endpoint({
        policy: allowing({ Principal: "*", Action: "*", Resource: "*", Condition: { StringEquals: { "aws:PrincipalAccount": "1" } } }),
      }),
      endpoint({ policy: allowing({ Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::layers/*" }) }),
      endpoint({ vpc_endpoint_type: "GatewayLoadBalancer" }),
    ],
    fails: [endpoint({}), endpoint({ policy: allowing({ Principal: "*", Action: "*", Resource: "*" }) })],
  },
  "endpoint-services-name-consumers": {
    holds: [service(["arn:aws:iam::444455556666:root"])],
    fails: [service(["*"]), service([])],
  },
};
