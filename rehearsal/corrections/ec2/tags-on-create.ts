/** Tags that a resource is made with. */
import { formOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { asks, call, isSuccess, textOf, under, xmlOf } from "../answers.ts";

/** Action → element of its answer that holds the new resource's id. */
const created: Readonly<Record<string, string>> = {
  CreateDhcpOptions: "dhcpOptionsId",
  CreateTransitGatewayVpcAttachment: "transitGatewayAttachmentId",
};

export const tagsOnCreate: Correction = {
  id: "ec2-tags-on-create",
  service: "ec2",
  why: "moto 5.2.5 ignores TagSpecification of these calls, so every plan adds the tags again; EC2 API reference, TagSpecifications: tags are assigned at creation.",
  applies: (request) => asks(request, ...Object.keys(created)),
  async after(request, response, upstream) {
    const form = formOf(request);
    const id = textOf(xmlOf(response), created[form.get("Action") ?? ""] ?? "");
    // Older calls say TagSpecification, newer ones TagSpecifications (EC2 API model, locationName).
    const tags = { ...under(form, "TagSpecification.1."), ...under(form, "TagSpecifications.1.") };
    if (!isSuccess(response) || !id || Object.keys(tags).length < 2) return response;
    const { ResourceType: _type, ...fields } = tags;
    await upstream(call(request, "CreateTags", { "ResourceId.1": id, ...fields }));
    return response;
  },
};
