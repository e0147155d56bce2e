/** What is built and delivered: images that stay what they were, builds with no more than they need, and jobs that are who they say. */
import { blocksOf, type JsonObject, listOf } from "../../terraform-json.ts";
import { allowsOf, type ReadStatement } from "../policy-reading.ts";
import { isTrue, type Rule } from "../rule.ts";

export const imagesImmutable: Rule = {
  id: "images-immutable",
  title: "A tag of an image is never moved",
  why: "What was tested and scanned is then what runs; a pushed tag cannot be put under a running service (FSBP ECR.2)",
  applies: ["aws_ecr_repository"],
  holds: ({ image_tag_mutability: mutability }) => mutability === "IMMUTABLE",
  remedy: 'set imageTagMutability: "IMMUTABLE" and tag by commit or version',
};

export const imagesScanned: Rule = {
  id: "images-scanned",
  title: "Images are scanned when they are pushed",
  why: "Known weaknesses are found before the first pod starts (FSBP ECR.1)",
  applies: ["aws_ecr_repository"],
  holds: (attributes) => blocksOf(attributes, "image_scanning_configuration").some(({ scan_on_push: scans }) => isTrue(scans)),
  remedy: "set imageScanningConfiguration { scanOnPush: true }",
};

export const imagesEncrypted: Rule = {
  id: "images-encrypted",
  title: "Images are encrypted with a key of ours",
  why: "Encryption of a repository can only be chosen when it is made (FSBP ECR.5)",
  applies: ["aws_ecr_repository"],
  holds: (attributes) =>
    blocksOf(attributes, "encryption_configuration").some((block) => block.encryption_type === "KMS" && block.kms_key !== undefined),
  remedy: 'set encryptionConfiguration { encryptionType: "KMS", kmsKey }',
};

export const imagesExpire: Rule = {
  id: "images-expire",
  title: "Every image repository says which images go",
  why: "Images nobody runs any more are paid for and scanned for ever (FSBP ECR.3)",
  applies: ["aws_ecr_repository"],
  holds: (_, { pointingHere }) => pointingHere("aws_ecr_lifecycle_policy", "repository").length > 0,
  remedy: "add an EcrLifecyclePolicy",
};

function variables(attributes: JsonObject): readonly JsonObject[] {
  return blocksOf(attributes, "environment").flatMap((environment) => blocksOf(environment, "environment_variable"));
}

export const buildsUnprivileged: Rule = {
  id: "builds-unprivileged",
  title: "Only builds of images run privileged",
  why: "A privileged build is root on its machine and reads what other builds left in its cache (FSBP CodeBuild.5)",
  applies: ["aws_codebuild_project"],
  holds: (attributes) =>
    blocksOf(attributes, "environment").every(({ privileged_mode: privileged }) => !isTrue(privileged)) ||
    variables(attributes).some(({ name }) => name === "IMAGE_REPOSITORY"),
  remedy: "leave privilegedMode off, or name the repository that it pushes to in IMAGE_REPOSITORY",
};

/** Names that people give to secrets. */
const secretName = /(password|passwd|secret|token|api_?key|access_?key|private_?key|credential)/i;

export const buildsWithoutSecrets: Rule = {
  id: "builds-no-plain-secrets",
  title: "No build has a secret as plain text",
  why: "Everybody who may look at the project or its log could read it, and so could the state (FSBP CodeBuild.2)",
  applies: ["aws_codebuild_project"],
  holds: (attributes) =>
    variables(attributes).every(({ name, type = "PLAINTEXT" }) => type !== "PLAINTEXT" || !secretName.test(String(name))),
  remedy: "set type SECRETS_MANAGER and the secret's name as value",
};

export const buildsInNetwork: Rule = {
  id: "builds-in-network",
  title: "Builds run in our subnets",
  why: "Elsewhere they go out by addresses that nobody can name, past flow logs and endpoint policies (Well-Architected SEC05-BP01)",
  applies: ["aws_codebuild_project"],
  holds: (attributes) => blocksOf(attributes, "vpc_config").length > 0,
  remedy: "set vpcConfig with private subnets",
};

export const artifactsEncrypted: Rule = {
  id: "artifacts-encrypted",
  title: "Pipelines encrypt their artifacts with a key of ours",
  why: "An artifact is the source code and what was made of it (Well-Architected SEC08-BP02)",
  applies: ["aws_codepipeline"],
  holds: (attributes) => {
    const stores = blocksOf(attributes, "artifact_store");
    return stores.length > 0 && stores.every((store) => blocksOf(store, "encryption_key").some(({ type }) => type === "KMS"));
  },
  remedy: 'set artifactStore.encryptionKey { type: "KMS", id }',
};

export const deploymentsRollBack: Rule = {
  id: "deployments-roll-back",
  title: "A failed deployment goes back by itself",
  why: 'Half of the instances would else keep a version that does not work (CodeDeploy guide, "Redeploy and roll back")',
  applies: ["aws_codedeploy_deployment_group"],
  holds: (attributes) =>
    blocksOf(attributes, "auto_rollback_configuration").some(
      ({ enabled, events }) => isTrue(enabled) && listOf(events).includes("DEPLOYMENT_FAILURE"),
    ),
  remedy: 'set autoRollbackConfiguration { enabled: true, events: ["DEPLOYMENT_FAILURE", ...] }',
};

export const functionsKeepFailures: Rule = {
  id: "functions-keep-failures",
  title: "What a function could not do is kept",
  why: 'Lambda forgets an event after two more tries (Lambda guide, "Asynchronous invocation")',
  applies: ["aws_lambda_function"],
  holds: (attributes) => blocksOf(attributes, "dead_letter_config").some(({ target_arn: target }) => target !== undefined),
  remedy: "set deadLetterConfig to a queue, with an alarm on it",
};

/** Issuers of tokens whose subjects begin with a repository or project that others can have, too. */
const ciIssuer = /(token\.actions\.githubusercontent\.com|oidc\.circleci\.com)/;

function ciTrust(attributes: JsonObject): readonly ReadStatement[] {
  return allowsOf(attributes.assume_role_policy).filter(({ principal }) => ciIssuer.test(JSON.stringify(principal) ?? ""));
}

/** Values that a condition asks of `<issuer>:sub`. */
function subjects({ condition }: ReadStatement): readonly string[] {
  return Object.values(condition).flatMap((keys) =>
    Object.entries(keys as JsonObject).flatMap(([key, value]) => (key.toLowerCase().endsWith(":sub") ? listOf(value).map(String) : [])),
  );
}

/** A repository by name and then a context of which at least the beginning is fixed; or an organization and a project of CircleCI. */
const exactSubject =
  /^(repo:[^*?/]+\/[^*?:]+:(pull_request|environment:[^*?]+|ref:refs\/(heads|tags)\/[^*?]+\*?)|org\/[^*?/]+\/project\/[^*?/]+\/.+\/vcs-ref\/refs\/heads\/[^*?]+\*?)$/;

export const ciSubjectsExact: Rule = {
  id: "ci-subjects-exact",
  title: "Jobs of CI are trusted by repository and branch, environment or pull request",
  why: '`repo:owner/*` trusts whoever may make a repository, `repo:owner/name:*` every branch that anybody may push (GitHub documentation, "Security hardening with OpenID Connect")',
  applies: ["aws_iam_role"],
  holds: (attributes) =>
    ciTrust(attributes).every(
      (statement) => subjects(statement).length > 0 && subjects(statement).every((subject) => exactSubject.test(subject)),
    ),
  remedy: "build the condition with githubSubject() or circleSubject() of modules/ci/trust/subjects.ts",
};

export const ciRolesBounded: Rule = {
  id: "ci-roles-bounded",
  title: "Roles that jobs of CI take have a permissions boundary",
  why: 'A policy that is widened by mistake still cannot touch state, audit or CI\'s own roles (IAM guide, "Permissions boundaries for IAM entities")',
  applies: ["aws_iam_role"],
  holds: (attributes) => ciTrust(attributes).length === 0 || attributes.permissions_boundary !== undefined,
  remedy: "set permissionsBoundary to the policy <project>-<environment>-ci-boundary",
};
