/** When a pipeline was made and changed. */
import { actionOf } from "../../gateway/protocol.ts";
import type { Correction } from "../../gateway/service.ts";
import { isSuccess } from "../answers.ts";
import { type Fields, jsonAnswer } from "../kept.ts";

export const pipelineTimes: Correction = {
  id: "codepipeline-times",
  service: "codepipeline",
  why: "moto 5.2.5 tells times of GetPipeline as text; in the JSON protocol of AWS they are seconds since 1970 (Smithy, awsJson1_1, timestamps), and the SDK reads nothing else.",
  applies: (request) => actionOf(request) === "GetPipeline",
  async after(_request, response) {
    if (!isSuccess(response)) return response;
    const answer = JSON.parse(response.body.toString("utf8")) as { readonly pipeline: Fields; readonly metadata: Fields };
    const { created, updated, ...others } = answer.metadata;
    return jsonAnswer({ ...answer, metadata: { ...others, created: seconds(created), updated: seconds(updated) } });
  },
};

function seconds(time: unknown): unknown {
  return typeof time === "string" ? Date.parse(time) / 1000 : time;
}
