/** Tags of a launch template itself, as opposed to those of what it launches. */
import type { Correction } from "../../gateway/service.ts";
import { asks, isSuccess, withXml, xmlOf } from "../answers.ts";

/** A specification for the template itself: it has no nested tagSet, so its end is the first `</tagSet></item>`. */
const ofTheTemplate = /<item><resourceType>launch-template<\/resourceType><tagSet>.*?<\/tagSet><\/item>/gs;

export const launchTemplateTags: Correction = {
  id: "ec2-launch-template-tags",
  service: "ec2",
  why: "moto 5.2.5 adds the request's TagSpecification for the template to the template's data, so every plan removes it; EC2 API reference, CreateLaunchTemplate: those tags are the template's, LaunchTemplateData has its own.",
  applies: (request) => asks(request, "DescribeLaunchTemplateVersions", "CreateLaunchTemplateVersion"),
  async after(_request, response) {
    return isSuccess(response) ? withXml(response, xmlOf(response).replace(ofTheTemplate, "")) : response;
  },
};
