// @ts-check
/** What watches over an account: GuardDuty, Security Hub, image scans, sign-ins, and lines that a log subscription matched. */
import { guardDutyPage, imagePage, logGroupPage } from "./console.mjs";
import { fields, text } from "./records.mjs";

/** @typedef {import("./notice.mjs").Severity} Severity */
/** @typedef {{ readonly [key: string]: unknown }} Fields */

/** @type {import("./notice.mjs").Reader} */
export function finding(body) {
  const kind = body["detail-type"];
  if (kind === "GuardDuty Finding") return guardDuty(body);
  if (kind === "Security Hub Findings - Imported") return securityHub(body);
  return kind === "ECR Image Scan" || kind === "Inspector2 Scan" ? imageScan(body) : undefined;
}

/** Sign-in to the console, as CloudTrail has it. The root user's is always critical. @type {import("./notice.mjs").Reader} */
export function signIn(body) {
  const detail = fields(body.detail);
  if (detail.eventName !== "ConsoleLogin") return undefined;
  const identity = fields(detail.userIdentity);
  const root = identity.type === "Root";
  const result = text(fields(detail.responseElements).ConsoleLogin);
  return {
    source: "CloudTrail",
    severity: root ? "critical" : result === "Success" ? "info" : "warning",
    title: `Console sign-in of ${root ? "the root user" : text(identity.arn)}: ${result}`,
    facts: [
      ["From", text(detail.sourceIPAddress)],
      ["With MFA", text(fields(detail.additionalEventData).MFAUsed)],
      ["Account", text(identity.accountId)],
      ["Region", text(detail.awsRegion)],
    ],
    time: text(detail.eventTime),
  };
}

/** Lines that a subscription filter of CloudWatch Logs matched. @type {import("./notice.mjs").Reader} */
export function logLines(body) {
  if (!Array.isArray(body.logEvents)) return undefined;
  const group = text(body.logGroup);
  const lines = body.logEvents.map((line) => text(fields(line).message).trimEnd());
  return {
    source: "CloudWatch Logs",
    severity: "warning",
    title: `${lines.length} matching ${lines.length === 1 ? "line" : "lines"} in ${group}`,
    facts: [
      ["Filter", Array.isArray(body.subscriptionFilters) ? body.subscriptionFilters.map(text).join(", ") : ""],
      ["Stream", text(body.logStream)],
      ["Account", text(body.owner)],
    ],
    details: lines.join("\n"),
    link: logGroupPage(process.env.AWS_REGION ?? "", group),
  };
}

/** @param {Fields} body @returns {import("./notice.mjs").Notice} */
function guardDuty(body) {
  const detail = fields(body.detail);
  return {
    source: "GuardDuty",
    severity: byScore(Number(detail.severity)),
    title: text(detail.title) || text(detail.type),
    facts: [
      ["Type", text(detail.type)],
      ["Resource", text(fields(detail.resource).resourceType)],
      ["Account", text(detail.accountId) || text(body.account)],
      ["Region", text(body.region)],
    ],
    details: text(detail.description),
    link: guardDutyPage(text(body.region), text(detail.id)),
    time: text(body.time),
  };
}

/** GuardDuty's own bounds: low below 4, medium below 7, then high and critical. @param {number} score @returns {Severity} */
function byScore(score) {
  return score >= 7 ? "critical" : score >= 4 ? "warning" : "info";
}

/** @param {Fields} body @returns {import("./notice.mjs").Notice} */
function securityHub(body) {
  const { findings } = fields(body.detail);
  const all = (Array.isArray(findings) ? findings : []).map(fields);
  const first = all[0] ?? {};
  const label = text(fields(first.Severity).Label);
  const resources = Array.isArray(first.Resources) ? first.Resources.map((resource) => text(fields(resource).Id)) : [];
  return {
    source: "Security Hub",
    severity: label === "CRITICAL" || label === "HIGH" ? "critical" : label === "MEDIUM" ? "warning" : "info",
    title: text(first.Title) + (all.length > 1 ? ` (and ${all.length - 1} more)` : ""),
    facts: [
      ["Product", text(first.ProductName)],
      ["Resource", resources.join("\n")],
      ["Account", text(first.AwsAccountId)],
      ["Region", text(body.region)],
    ],
    details: text(first.Description),
    link: undefined,
    time: text(body.time),
  };
}

/** Basic scan counts by severity; the enhanced one (Inspector) has the same counts. @param {Fields} body @returns {import("./notice.mjs").Notice} */
function imageScan(body) {
  const detail = fields(body.detail);
  const counts = Object.entries(fields(detail["finding-severity-counts"])).filter(([name]) => name !== "TOTAL");
  // Inspector gives the repository as an ARN.
  const repository = text(detail["repository-name"]).split(":repository/").at(-1) ?? "";
  const tags = Array.isArray(detail["image-tags"]) ? detail["image-tags"].map(text).join(", ") : "";
  const bad = counts.some(([name, count]) => (name === "CRITICAL" || name === "HIGH") && Number(count) > 0);
  return {
    source: "ECR",
    severity: text(detail["scan-status"]).startsWith("FAIL") || bad ? "critical" : counts.length > 0 ? "warning" : "good",
    title: `Scan of ${repository}${tags === "" ? "" : `:${tags}`}: ${text(detail["scan-status"])}`,
    facts: [
      ["Findings", counts.map(([name, count]) => `${name} ${text(count)}`).join("\n")],
      ["Account", text(body.account)],
      ["Region", text(body.region)],
    ],
    link: imagePage(text(body.region), text(body.account), repository, text(detail["image-digest"])),
    time: text(body.time),
  };
}
