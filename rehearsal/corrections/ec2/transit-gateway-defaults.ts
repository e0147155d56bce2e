/** Transit gateways whose attachments join no route table by themselves. */
import { formOf } from "../../gateway/protocol.ts";
import type { AwsRequest, Correction } from "../../gateway/service.ts";
import { asks, call, withXml, xmlOf } from "../answers.ts";

/** Undoing call → the call whose effect it undoes. */
const undone: Readonly<Record<string, string>> = {
  DisassociateTransitGatewayRouteTable: "AssociateTransitGatewayRouteTable",
  DisableTransitGatewayRouteTablePropagation: "EnableTransitGatewayRouteTablePropagation",
};

export const transitGatewayUndo: Correction = {
  id: "ec2-transit-gateway-undo",
  service: "ec2",
  why: "moto 5.2.5 fails (500) to undo the association and propagation that an attachment got by default, because it never recorded them. Recording them first makes it work.",
  applies: (request) => asks(request, ...Object.keys(undone)),
  async before(request, upstream): Promise<AwsRequest> {
    const form = formOf(request);
    await upstream(
      call(request, undone[form.get("Action") ?? ""] ?? "", {
        TransitGatewayAttachmentId: form.get("TransitGatewayAttachmentId") ?? "",
        TransitGatewayRouteTableId: form.get("TransitGatewayRouteTableId") ?? "",
      }),
    );
    return request;
  },
};

export const transitGatewayTables: Correction = {
  id: "ec2-transit-gateway-tables",
  service: "ec2",
  why: "moto 5.2.5 names default route tables also where they are disabled; EC2 API reference, TransitGatewayOptions: the default tables exist only if enabled.",
  applies: (request) => asks(request, "CreateTransitGateway", "DescribeTransitGateways", "ModifyTransitGateway"),
  async after(_request, response) {
    const options = /<options>.*?<\/options>/gs;
    return withXml(
      response,
      xmlOf(response).replace(options, (text) => {
        const associated = text.includes("<defaultRouteTableAssociation>disable<")
          ? text.replace(/<associationDefaultRouteTableId>[^<]*<\/associationDefaultRouteTableId>/, "")
          : text;
        return associated.includes("<defaultRouteTablePropagation>disable<")
          ? associated.replace(/<propagationDefaultRouteTableId>[^<]*<\/propagationDefaultRouteTableId>/, "")
          : associated;
      }),
    );
  },
};
