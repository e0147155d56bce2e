/** ICMP type and code of network ACL entries. */
import { formOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { asks, isSuccess, textOf, withXml, xmlOf } from "../answers.ts";

export function aclIcmp(): Correction {
  const entries = new Map<string, string>();
  return {
    id: "ec2-acl-icmp",
    service: "ec2",
    why: "moto 5.2.5 reads Icmp.Type and Icmp.Code by a name that never matches, so every plan sets them again; EC2 API reference, NetworkAclEntry: icmpTypeCode.",
    applies: (request) => asks(request, "CreateNetworkAclEntry", "ReplaceNetworkAclEntry", "DeleteNetworkAclEntry", "DescribeNetworkAcls"),
    async after(request, response) {
      if (!isSuccess(response)) return response;
      const form = formOf(request);
      if (form.get("Action") === "DescribeNetworkAcls") return withXml(response, complete(entries, xmlOf(response)));
      const key = `${form.get("NetworkAclId")} ${form.get("RuleNumber")} ${form.get("Egress") ?? "false"}`;
      const [type, code] = [form.get("Icmp.Type"), form.get("Icmp.Code")];
      if (type === null || form.get("Action") === "DeleteNetworkAclEntry") entries.delete(key);
      else entries.set(key, `<icmpTypeCode><code>${code ?? "0"}</code><type>${type}</type></icmpTypeCode>`);
      return response;
    },
  };
}

/** An ACL's id stands behind its entries. */
function complete(entries: ReadonlyMap<string, string>, xml: string): string {
  return xml.replace(/<entrySet>(.*?)<\/entrySet>(.*?<networkAclId>)([^<]*)/gs, (_all, items: string, between: string, acl: string) => {
    const completed = items.replace(/<item>(.*?)<\/item>/gs, (item: string, inner: string) => {
      const extra = entries.get(`${acl} ${textOf(inner, "ruleNumber")} ${textOf(inner, "egress")}`);
      return extra && !inner.includes("<icmpTypeCode>") ? `<item>${inner}${extra}</item>` : item;
    });
    return `<entrySet>${completed}</entrySet>${between}${acl}`;
  });
}
