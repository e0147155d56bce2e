/** What instances get for their metadata service unless a launch template says otherwise. */
import { formOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { asks, ec2Answer } from "../answers.ts";

/** Request field → element of the answer. */
const settings: Readonly<Record<string, string>> = {
  HttpTokens: "httpTokens",
  HttpPutResponseHopLimit: "httpPutResponseHopLimit",
  HttpEndpoint: "httpEndpoint",
  InstanceMetadataTags: "instanceMetadataTags",
};

/** Kept per region, as EC2 does. "no-preference" and hop limit -1 take a setting away (EC2 API reference, ModifyInstanceMetadataDefaults). */
export function metadataDefaults(): Correction {
  const regions = new Map<string, Map<string, string>>();
  return {
    id: "ec2-metadata-defaults",
    service: "ec2",
    why: "moto 5.2.5 lacks GetInstanceMetadataDefaults and ModifyInstanceMetadataDefaults (EC2 API reference).",
    applies: (request) => asks(request, "GetInstanceMetadataDefaults", "ModifyInstanceMetadataDefaults"),
    async before(request) {
      const form = formOf(request);
      const level = regions.get(request.region) ?? new Map<string, string>();
      regions.set(request.region, level);
      if (form.get("Action") === "ModifyInstanceMetadataDefaults") {
        for (const [field, element] of Object.entries(settings)) {
          const value = form.get(field);
          if (value === "no-preference" || value === "-1") level.delete(element);
          else if (value !== null) level.set(element, value);
        }
        return ec2Answer("ModifyInstanceMetadataDefaults", "<return>true</return>");
      }
      const inner = [...level].map(([element, value]) => `<${element}>${value}</${element}>`).join("");
      return ec2Answer("GetInstanceMetadataDefaults", `<accountLevel>${inner}</accountLevel>`);
    },
  };
}
