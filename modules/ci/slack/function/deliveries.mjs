// @ts-check
/**
 * CodePipeline, CodeBuild and CodeDeploy. A notification rule sends nearly the form of EventBridge: `detailType` instead of
 * `detail-type`, and `additionalAttributes` with what failed. Approvals and CodeDeploy's own triggers have forms of their own.
 */
import { buildPage, deploymentPage, pipelinePage } from "./console.mjs";
import { fields, text } from "./records.mjs";

/** @typedef {import("./notice.mjs").Severity} Severity */
/** @typedef {{ readonly [key: string]: unknown }} Fields */

/** States of the three services, upper case with underscores. @type {{ readonly [state: string]: Severity }} */
const severities = {
  SUCCEEDED: "good",
  SUCCESS: "good",
  FAILED: "critical",
  FAILURE: "critical",
  FAULT: "critical",
  TIMED_OUT: "critical",
  STOPPED: "warning",
  STOPPING: "warning",
  STOP: "warning",
  CANCELED: "warning",
  SUPERSEDED: "info",
};

/** @type {import("./notice.mjs").Reader} */
export function delivery(body) {
  const kind = text(body["detail-type"] ?? body.detailType);
  if (kind.startsWith("CodePipeline ")) return pipeline(body, kind);
  if (kind.startsWith("CodeBuild ")) return build(body);
  if (kind.startsWith("CodeDeploy ")) return deployment(body);
  return typeof body.eventTriggerName === "string" && typeof body.deploymentId === "string" ? triggered(body) : undefined;
}

/** Manual approval of a pipeline, as its action sends it to a topic. @type {import("./notice.mjs").Reader} */
export function approval(body) {
  const asked = fields(body.approval);
  if (typeof asked.pipelineName !== "string") return undefined;
  return {
    source: "CodePipeline",
    severity: "warning",
    title: `${asked.pipelineName} waits for approval`,
    facts: [
      ["Stage", text(asked.stageName)],
      ["Action", text(asked.actionName)],
      ["Until", text(asked.expires)],
      ["To review", text(asked.externalEntityLink)],
      ["Region", text(body.region)],
    ],
    details: text(asked.customData),
    link: consoleOnly(text(body.consoleLink)) ?? pipelinePage(text(body.region), asked.pipelineName, ""),
  };
}

/** @param {Fields} body @param {string} kind @returns {import("./notice.mjs").Notice} */
function pipeline(body, kind) {
  const detail = fields(body.detail);
  const more = fields(body.additionalAttributes);
  const state = text(detail.state);
  const name = text(detail.pipeline);
  const actions = Array.isArray(more.failedActions) ? more.failedActions.map(fields) : [];
  // An approval that waits is told by the action's event of a notification rule as well.
  const waits = state === "STARTED" && fields(detail.type).category === "Approval";
  return {
    ...common(body, waits ? "warning" : severityOf(state)),
    source: "CodePipeline",
    title: waits
      ? `${name} waits for approval`
      : `${state}: ${[name, text(detail.stage), text(detail.action)].filter(Boolean).join(" / ")}`,
    facts: [
      ["What", kind.replace(/^CodePipeline /, "").replace(/ Execution State Change$/, "")],
      ["Failed stage", text(more.failedStage)],
      ["To review", text(more.externalEntityLink)],
      ...where(body),
    ],
    details: [
      ...actions.map((action) => `${text(action.action)}: ${text(action.additionalInformation)}`),
      text(fields(detail["execution-result"])["external-execution-summary"]),
      text(more.customData),
    ]
      .filter((part) => part !== "")
      .join("\n"),
    link: pipelinePage(text(body.region), name, text(detail["execution-id"])),
  };
}

/** @param {Fields} body @returns {import("./notice.mjs").Notice} */
function build(body) {
  const detail = fields(body.detail);
  const more = fields(detail["additional-information"]);
  const state = text(detail["build-status"] ?? detail["completed-phase-status"]);
  const project = text(detail["project-name"]);
  const phases = Array.isArray(more.phases) ? more.phases.map(fields) : [];
  const failed = phases.filter((phase) => severityOf(text(phase["phase-status"])) === "critical");
  return {
    ...common(body, severityOf(state)),
    source: "CodeBuild",
    title: `${state}: ${project}`,
    facts: [
      ["Started by", text(more.initiator)],
      ["Source", text(more["source-version"]) || text(fields(more.source).location)],
      ["Failed phase", failed.map((phase) => text(phase["phase-type"])).join(", ")],
      ...where(body),
    ],
    details: failed.flatMap((phase) => (Array.isArray(phase["phase-context"]) ? phase["phase-context"].map(text) : [])).join("\n"),
    link: buildPage(text(body.region), text(body.account), project, text(detail["build-id"]).split("/").at(-1) ?? ""),
  };
}

/** @param {Fields} body @returns {import("./notice.mjs").Notice} */
function deployment(body) {
  const detail = fields(body.detail);
  const more = fields(body.additionalAttributes);
  return {
    ...common(body, severityOf(text(detail.state))),
    source: "CodeDeploy",
    title: `${text(detail.state)}: ${text(detail.application)} to ${text(detail.deploymentGroup)}`,
    facts: [["Deployment", text(detail.deploymentId)], ["Instance", text(detail.instanceId)], ...where(body)],
    details: text(more.errorInformation) || text(fields(detail.errorInformation).message),
    link: deploymentPage(text(body.region), text(detail.deploymentId)),
  };
}

/** A trigger of a deployment group: its objects are JSON in strings. @param {Fields} body @returns {import("./notice.mjs").Notice} */
function triggered(body) {
  return {
    source: "CodeDeploy",
    severity: severityOf(text(body.status)),
    title: `${text(body.status)}: ${text(body.applicationName)} to ${text(body.deploymentGroupName)}`,
    facts: [
      ["Deployment", text(body.deploymentId)],
      ["Instances", text(body.deploymentOverview)],
      ["Account", text(body.accountId)],
      ["Region", text(body.region)],
    ],
    details: text(body.errorInformation),
    link: deploymentPage(text(body.region), text(body.deploymentId)),
  };
}

/** @param {Fields} body @param {Severity} severity */
function common(body, severity) {
  return { severity, time: text(body.time) };
}

/** @param {Fields} body @returns {[string, string][]} */
function where(body) {
  return [
    ["Account", text(body.account)],
    ["Region", text(body.region)],
  ];
}

/** @param {string} state @returns {Severity} */
function severityOf(state) {
  return severities[state.toUpperCase()] ?? "info";
}

/** A link that a message brings is only followed into the console. @param {string} link */
function consoleOnly(link) {
  return /^https:\/\/([a-z0-9-]+\.)?console\.aws\.amazon\.com\//.test(link) ? link : undefined;
}
