/** The environment of Terraform's process: the only thing in which a rehearsal differs from the real AWS. */

export type Variables = Readonly<Record<string, string | undefined>>;

/** Where the AWS traffic of a rehearsal goes. */
export interface AwsTarget {
  readonly region: string;
  /** For AWS_ENDPOINT_URL. Not a loopback name where `proxy` is given: Go never proxies loopback. */
  readonly endpoint: string;
  /** The gateway, for HTTP_PROXY; none where the endpoint is asked directly. */
  readonly proxy?: string;
}

/** What could lead a rehearsal to a real account, a real network, or another Terraform setup. */
const dropped = /^(AWS_|TF_|BOTO_)|^(HTTP|HTTPS|NO|ALL)_PROXY$/i;

/** Credentials of nobody: emulators take any, AWS takes none of them. */
export const rehearsalKeys = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" } as const;

const quietTerraform = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };

/** What a shell needs, too, to talk to the rehearsed AWS with aws, kubectl or cdktf. */
export function awsVariables({ region, endpoint, proxy }: AwsTarget): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: rehearsalKeys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rehearsalKeys.secretAccessKey,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_EC2_METADATA_DISABLED: "true",
    // Neither a profile, nor its endpoints, nor its credentials.
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    ...(proxy && { HTTP_PROXY: proxy, http_proxy: proxy }),
  };
}

/**
 * For a rehearsal. Providers are downloaded over HTTPS, so the user's HTTPS proxy stays; AWS is asked over HTTP and goes to the gateway.
 * `terraform` names TF_CLI_CONFIG_FILE and the plugin cache.
 */
export function rehearsalEnvironment(user: Variables, target: AwsTarget, terraform: Variables): Record<string, string> {
  const { HTTPS_PROXY = user.https_proxy } = user;
  return {
    ...kept(user),
    ...(HTTPS_PROXY && { HTTPS_PROXY }),
    ...quietTerraform,
    ...defined(terraform),
    ...awsVariables(target),
  };
}

/** For the real AWS: the user's own environment, made quiet. */
export function realEnvironment(user: Variables): Record<string, string> {
  return { ...defined(user), ...quietTerraform };
}

function kept(user: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(defined(user)).filter(([name]) => !dropped.test(name)));
}

function defined(variables: Variables): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
