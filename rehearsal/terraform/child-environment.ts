/** The environment of Terraform's process: the only thing in which a rehearsal differs from the real AWS. */

export type Variables = Readonly<Record<string, string | undefined>>;

/** Where the AWS traffic of a rehearsal goes. */
export interface AwsTarget {
  readonly region: string;
  /** For AWS_ENDPOINT_URL. Not a loopback name where `proxy` is given: Go never proxies loopback. */
  readonly endpoint: string;
  /** The gateway, for HTTP_PROXY; none where the endpoint is asked directly. */
  readonly proxy?: string;
  /** Absent: the emulated account itself. */
  readonly credentials?: Credentials;
}

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Of a role's session. */
  readonly sessionToken?: string;
}

/** What could lead a rehearsal to a real account, a real cluster, a real network, or another Terraform setup. */
const dropped = /^(AWS_|TF_|BOTO_|KUBE_|HELM_KUBE)|^(HTTP|HTTPS|NO|ALL)_PROXY$|^KUBECONFIG$/i;

/** Credentials of nobody: emulators take any, AWS takes none of them. */
export const rehearsalKeys: Credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };

const quietTerraform = { TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" };

/** What a shell needs, too, to talk to the rehearsed AWS with aws, kubectl or cdktf. */
export function awsVariables({ region, endpoint, proxy, credentials = rehearsalKeys }: AwsTarget): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
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
 * `terraform` names TF_CLI_CONFIG_FILE, the plugin cache and the like; `direct` are hosts that are asked by plain HTTP and are not AWS, which
 * the gateway would refuse.
 */
export function rehearsalEnvironment(
  user: Variables,
  target: AwsTarget,
  terraform: Variables,
  direct: readonly string[] = [],
): Record<string, string> {
  const { HTTPS_PROXY = user.https_proxy } = user;
  return {
    ...kept(user),
    ...(HTTPS_PROXY && { HTTPS_PROXY }),
    ...quietTerraform,
    ...defined(terraform),
    ...awsVariables(target),
    ...(direct.length > 0 && { NO_PROXY: direct.join(",") }),
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
