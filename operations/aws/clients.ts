/** AWS's clients for the account of an environment: the real one, or a kept rehearsal's, by the user's environment. */
import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingClient } from "@aws-sdk/client-elastic-load-balancing";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { Route53Client } from "@aws-sdk/client-route-53";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { Environment } from "../../environments/schema.ts";
import { UserError } from "../../environments/user-error.ts";
import type { Variables } from "../../rehearsal/terraform/child-environment.ts";

export interface Clients {
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  /** Load balancers of the first kind, which Kubernetes still makes by itself. */
  readonly classic: ElasticLoadBalancingClient;
  readonly dns: Route53Client;
  readonly eks: EKSClient;
  close(): void;
}

/** Rejects where the credentials are missing, or of another account: what is found by name there is not ours to delete. */
export async function clientsFor({ name, account, region }: Environment, user: Variables): Promise<Clients> {
  const endpoint = endpointOf(user);
  const config = { region, ...(endpoint !== undefined && { endpoint }) };
  const sts = new STSClient(config);
  const identity = await sts.send(new GetCallerIdentityCommand({})).catch((error: Error) => {
    throw new UserError(
      `AWS does not say whose credentials these are: ${error.message}. ${name} is in account ${account}; log in there, or set AWS_PROFILE.`,
    );
  });
  sts.destroy();
  if (identity.Account !== account) {
    throw new UserError(
      `The credentials are of account ${identity.Account}; ${name} is in ${account}. Use a profile or role of that account.`,
    );
  }
  const clients = {
    ec2: new EC2Client(config),
    elb: new ElasticLoadBalancingV2Client(config),
    classic: new ElasticLoadBalancingClient(config),
    dns: new Route53Client(config),
    eks: new EKSClient(config),
  };
  return {
    ...clients,
    close() {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}

/**
 * A kept rehearsal is reached through a proxy, which Terraform honours and this SDK does not; its gateway takes requests directly, too. A
 * real endpoint of one's own (AWS_ENDPOINT_URL by https) is read by the SDK itself.
 */
export function endpointOf({ AWS_ENDPOINT_URL, HTTP_PROXY, http_proxy }: Variables): string | undefined {
  return AWS_ENDPOINT_URL?.startsWith("http://") ? (HTTP_PROXY ?? http_proxy) : undefined;
}
