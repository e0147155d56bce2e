/** Which addresses Kubernetes Services get. */
import { contains } from "../../environments/ipv4.ts";

/**
 * Block of Services for a network. The same choice as EKS makes where nothing is said; stating it makes it known at synth, as self-managed
 * nodes need it. It can never be changed, and never overlaps the network. Source: EKS API reference, KubernetesNetworkConfigRequest.
 */
export function serviceRange(networkCidr: string): string {
  return contains("10.0.0.0/8", networkCidr) ? "172.20.0.0/16" : "10.100.0.0/16";
}
