// @ts-check
/** Alarms of CloudWatch, metric and composite, as SNS gets them or as EventBridge has them. */
import { alarmPage } from "./console.mjs";
import { fields, text } from "./records.mjs";

/** @typedef {import("./notice.mjs").Notice} Notice */
/** @typedef {import("./notice.mjs").Severity} Severity */

/** @type {import("./notice.mjs").Reader} */
export function alarm(body) {
  return typeof body.AlarmName === "string"
    ? fromTopic(body)
    : body["detail-type"] === "CloudWatch Alarm State Change"
      ? fromBus(body)
      : undefined;
}

/** @param {{ readonly [key: string]: unknown }} body @returns {Notice} */
function fromTopic(body) {
  // "Region" is a name for people ("Asia Pacific (Seoul)"); the ARN has the one that addresses need.
  const region = text(body.AlarmArn).split(":")[3] ?? "";
  const trigger = fields(body.Trigger);
  const metric = text(trigger.MetricName);
  return notice({
    name: text(body.AlarmName),
    description: text(body.AlarmDescription),
    state: text(body.NewStateValue),
    before: text(body.OldStateValue),
    reason: text(body.NewStateReason),
    account: text(body.AWSAccountId),
    time: text(body.StateChangeTime),
    region,
    metric: metric === "" ? text(body.AlarmRule) : `${text(trigger.Namespace)} ${metric}`,
    on: Array.isArray(trigger.Dimensions) ? trigger.Dimensions.map(dimension).join("\n") : "",
  });
}

/** @param {{ readonly [key: string]: unknown }} body @returns {Notice} */
function fromBus(body) {
  const detail = fields(body.detail);
  const state = fields(detail.state);
  const configuration = fields(detail.configuration);
  const first = fields(fields(fields(Array.isArray(configuration.metrics) ? configuration.metrics[0] : {}).metricStat).metric);
  return notice({
    name: text(detail.alarmName),
    description: text(configuration.description),
    state: text(state.value),
    before: text(fields(detail.previousState).value),
    reason: text(state.reason),
    account: text(body.account),
    time: text(body.time),
    region: text(body.region),
    metric: first.name === undefined ? text(configuration.alarmRule) : `${text(first.namespace)} ${text(first.name)}`,
    on: Object.entries(fields(first.dimensions))
      .map(([name, value]) => `${name} ${text(value)}`)
      .join("\n"),
  });
}

/** @param {{ [key in "name" | "description" | "state" | "before" | "reason" | "account" | "time" | "region" | "metric" | "on"]: string }} alarm @returns {Notice} */
function notice({ name, description, state, before, reason, account, time, region, metric, on }) {
  return {
    source: "CloudWatch",
    severity: severity(state, description),
    title: `${state}: ${name}`,
    facts: [
      ["Was", before],
      ["Metric", metric],
      ["On", on],
      ["Account", account],
      ["Region", region],
    ],
    details: [description, reason].filter((part) => part !== "").join("\n\n"),
    link: alarmPage(region, name),
    time,
  };
}

/** An alarm has no severity of its own in AWS: the description may say `severity=warning`. @param {string} state @param {string} description @returns {Severity} */
function severity(state, description) {
  if (state === "OK") return "good";
  if (state !== "ALARM") return "warning";
  const told = /\bseverity=(info|warning|critical)\b/.exec(description)?.[1];
  return told === "info" || told === "warning" ? told : "critical";
}

/** @param {unknown} value */
function dimension(value) {
  const { name, value: of } = fields(value);
  return `${text(name)} ${text(of)}`;
}
