// @ts-check
/** Addresses in the AWS console. Every part is encoded: names come from outside. */

/** @param {string} region @param {string} path service and below, already encoded */
function at(region, path) {
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? `https://${region}.console.aws.amazon.com/${path}` : undefined;
}

const enc = encodeURIComponent;

/** @param {string} region @param {string} name */
export const alarmPage = (region, name) => at(region, `cloudwatch/home?region=${region}#alarmsV2:alarm/${enc(name)}`);

/** @param {string} region @param {string} pipeline @param {string} execution */
export const pipelinePage = (region, pipeline, execution) =>
  at(region, `codesuite/codepipeline/pipelines/${enc(pipeline)}/${execution === "" ? "view" : `executions/${enc(execution)}/timeline`}`);

/** @param {string} region @param {string} account @param {string} project @param {string} build `<project>:<id>` */
export const buildPage = (region, account, project, build) =>
  at(region, `codesuite/codebuild/${enc(account)}/projects/${enc(project)}/build/${enc(build)}`);

/** @param {string} region @param {string} deployment */
export const deploymentPage = (region, deployment) => at(region, `codesuite/codedeploy/deployments/${enc(deployment)}`);

/** @param {string} region @param {string} finding */
export const guardDutyPage = (region, finding) => at(region, `guardduty/home?region=${region}#/findings?search=id%3D${enc(finding)}`);

/** @param {string} region @param {string} account @param {string} repository @param {string} digest */
export const imagePage = (region, account, repository, digest) =>
  at(
    region,
    `ecr/repositories/private/${enc(account)}/${repository.split("/").map(enc).join("/")}/_/image/${enc(digest)}/details?region=${region}`,
  );

/** The console writes a log group with its own escapes: percent signs become `$25`. @param {string} region @param {string} group */
export const logGroupPage = (region, group) =>
  at(region, `cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${enc(enc(group)).replaceAll("%", "$")}`);
