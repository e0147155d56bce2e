/** File format and partitions of flow logs in S3. */
import { formOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { asks, insertAfter, isSuccess, textsOf, under, withXml, xmlOf } from "../answers.ts";

export function flowLogDestination(): Correction {
  const options = new Map<string, string>();
  return {
    id: "ec2-flow-log-destination",
    service: "ec2",
    why: "moto 5.2.5 forgets DestinationOptions, so every plan replaces the flow log; EC2 API reference, FlowLog: destinationOptions is returned.",
    applies: (request) => asks(request, "CreateFlowLogs", "DescribeFlowLogs"),
    async after(request, response) {
      if (!isSuccess(response)) return response;
      const form = formOf(request);
      const given = under(form, "DestinationOptions.");
      if (form.get("Action") === "CreateFlowLogs") {
        if (given.FileFormat) for (const id of textsOf(xmlOf(response), "item")) options.set(id, xml(given));
        return response;
      }
      const completed = textsOf(xmlOf(response), "flowLogId").reduce(
        (text, id) => insertAfter(text, "flowLogId", id, options.get(id) ?? ""),
        xmlOf(response),
      );
      return withXml(response, completed);
    },
  };
}

function xml({ FileFormat, HiveCompatiblePartitions, PerHourPartition }: Record<string, string>): string {
  const partitions = `<hiveCompatiblePartitions>${HiveCompatiblePartitions ?? "false"}</hiveCompatiblePartitions><perHourPartition>${PerHourPartition ?? "false"}</perHourPartition>`;
  return `<destinationOptions><fileFormat>${FileFormat}</fileFormat>${partitions}</destinationOptions>`;
}
