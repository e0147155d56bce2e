/** Transit gateway attachments that were just deleted. */

import { formOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { asks, isSuccess, textOf, withXml, xmlOf } from "../answers.ts";

export function deletedAttachments(): Correction {
  const deleted = new Map<string, string>();
  return {
    id: "ec2-deleted-attachments",
    service: "ec2",
    why: "moto 5.2.5 forgets a deleted attachment at once; EC2 shows it as deleted for a while, and the provider waits minutes to see that state.",
    applies: (request) => asks(request, "DeleteTransitGatewayVpcAttachment", "DescribeTransitGatewayVpcAttachments"),
    async after(request, response) {
      if (!isSuccess(response)) return response;
      const form = formOf(request);
      const xml = xmlOf(response);
      if (form.get("Action") === "DeleteTransitGatewayVpcAttachment") {
        const attachment = /<transitGatewayVpcAttachment>(.*)<\/transitGatewayVpcAttachment>/s.exec(xml)?.[1];
        const id = textOf(xml, "transitGatewayAttachmentId");
        if (id && attachment) deleted.set(id, attachment.replace(/<state>[^<]*<\/state>/, "<state>deleted</state>"));
        return response;
      }
      const asked = deleted.get(form.get("TransitGatewayAttachmentIds.1") ?? "");
      return asked
        ? withXml(
            response,
            xml.replace(
              /<transitGatewayVpcAttachments\/>/,
              `<transitGatewayVpcAttachments><item>${asked}</item></transitGatewayVpcAttachments>`,
            ),
          )
        : response;
    },
  };
}
