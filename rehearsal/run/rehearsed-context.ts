/** The kubeconfig context of a kept rehearsal's cluster, by what its emulated EKS says. */
import { UserError } from "../../environments/user-error.ts";
import { awsVariables } from "../terraform/child-environment.ts";
import type { KeptWorld } from "./kept.ts";
import type { RehearsedContext } from "./kubeconfig.ts";

interface Wanted {
  /** Name of the context. */
  readonly name: string;
  readonly cluster: string;
  readonly role: string;
}

interface Described {
  readonly cluster?: { readonly endpoint?: string; readonly certificateAuthority?: { readonly data?: string } };
}

/** Rejects where the rehearsal has no such cluster, or no Kubernetes API behind it. */
export async function rehearsedContext({ target, id }: KeptWorld, { name, cluster, role }: Wanted): Promise<RehearsedContext> {
  const { region, proxy, endpoint } = target;
  const response = await fetch(new URL(`/clusters/${cluster}`, proxy ?? endpoint), {
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=rehearsal/20260101/${region}/eks/aws4_request, SignedHeaders=host, Signature=0`,
    },
  });
  const { cluster: found } = response.ok ? ((await response.json()) as Described) : {};
  const { endpoint: server, certificateAuthority } = found ?? {};
  if (!server || !certificateAuthority?.data) {
    throw new UserError(`The rehearsal ${id} has no cluster ${cluster}. Was it kept after a failure, or by --only? Start a whole one.`);
  }
  if (!server.startsWith("https://127.0.0.1:")) {
    throw new UserError(
      `The rehearsal ${id} has no Kubernetes API behind ${cluster}: the Kubernetes binaries were missing. See docs/rehearsal.md, install kwokctl and rehearse again.`,
    );
  }
  return { name, server, certificateAuthority: certificateAuthority.data, cluster, region, role, variables: awsVariables(target) };
}
