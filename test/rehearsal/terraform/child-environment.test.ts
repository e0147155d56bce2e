import { expect, test } from "@jest/globals";
import { realEnvironment, rehearsalEnvironment } from "../../../rehearsal/terraform/child-environment.ts";

const target = { region: "ap-northeast-2", endpoint: "http://aws.rehearsal.invalid", proxy: "http://127.0.0.1:40123" };
const terraform = { TF_CLI_CONFIG_FILE: "/run/terraform.rc", TF_PLUGIN_CACHE_DIR: "/cache" };

test.each([
  ["a profile", "AWS_PROFILE"],
  ["a session", "AWS_SESSION_TOKEN"],
  ["a certificate authority, which breaks plain HTTP", "AWS_CA_BUNDLE"],
  ["an endpoint of one service, which would win over the common one", "AWS_ENDPOINT_URL_S3"],
  ["other Terraform arguments", "TF_CLI_ARGS_apply"],
  ["another workspace", "TF_WORKSPACE"],
  ["exceptions from the proxy", "NO_PROXY"],
  ["another cluster for the Kubernetes provider", "KUBE_CONFIG_PATH"],
  ["another cluster for kubectl", "KUBECONFIG"],
  ["another proxy for everything", "all_proxy"],
])("a rehearsal drops what the user has set: %s", (_, name) => {
  expect(rehearsalEnvironment({ [name]: "x", HOME: "/home/me" }, target, terraform)).not.toHaveProperty(name);
});

test("a rehearsal goes to the gateway with credentials of nobody, whatever the user has", () => {
  const user = {
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_REGION: "eu-west-1",
    HTTP_PROXY: "http://company",
    http_proxy: "http://company",
    PATH: "/bin",
  };
  expect(rehearsalEnvironment(user, target, terraform)).toMatchObject({
    PATH: "/bin",
    AWS_ACCESS_KEY_ID: "rehearsal",
    AWS_REGION: "ap-northeast-2",
    AWS_ENDPOINT_URL: "http://aws.rehearsal.invalid",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    HTTP_PROXY: "http://127.0.0.1:40123",
    http_proxy: "http://127.0.0.1:40123",
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_CLI_CONFIG_FILE: "/run/terraform.rc",
  });
});

test("providers are still downloaded through the company's HTTPS proxy", () => {
  expect(rehearsalEnvironment({ https_proxy: "http://company" }, target, terraform)).toMatchObject({ HTTPS_PROXY: "http://company" });
});

test("a role's session is used where there is one", () => {
  const credentials = { accessKeyId: "ASIA", secretAccessKey: "secret", sessionToken: "token" };
  expect(rehearsalEnvironment({ AWS_SESSION_TOKEN: "real" }, { ...target, credentials }, terraform)).toMatchObject({
    AWS_ACCESS_KEY_ID: "ASIA",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_SESSION_TOKEN: "token",
  });
});

test("hosts that are no AWS are asked without the gateway", () => {
  expect(rehearsalEnvironment({}, target, terraform, ["charts.internal", "other"])).toMatchObject({ NO_PROXY: "charts.internal,other" });
});

test("the real AWS gets the user's own environment", () => {
  expect(realEnvironment({ AWS_PROFILE: "dev", TF_CLI_CONFIG_FILE: "/own" })).toMatchObject({
    AWS_PROFILE: "dev",
    TF_CLI_CONFIG_FILE: "/own",
  });
});
