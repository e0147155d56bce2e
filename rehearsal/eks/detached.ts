/** No Kubernetes behind the cluster: everything that Terraform's AWS provider asks is answered, and the API server answers nobody. */
import { createHash } from "node:crypto";
import type { ClusterIdentity, DataPlane } from "./data-plane.ts";

/** A certificate authority that has signed nothing: its key was thrown away when it was made. Self-signed, P-256, valid for a century. */
const certificate = `-----BEGIN CERTIFICATE-----
MIIBkjCCATegAwIBAgIUQxq9fTrlqZzjcr66TA96pGLAxykwCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKa3ViZXJuZXRlczAgFw0yNjExMjExMTE4MzhaGA8yMTI2MTAy
ODExMTgzOFowFTETMBEGA1UEAwwKa3ViZXJuZXRlczBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABIsE/WkPCxtVZU6WpuK1hPsHYfTwHj73x9C9qDItJVa19v7iM+kg
jTywwLN7ELwMjDQ0L0zhqoWEbtTS2nKG2uajYzBhMB0GA1UdDgQWBBQ7ci+0NlqN
Gv7uBaG63g5gMNiMSzAfBgNVHSMEGDAWgBQ7ci+0NlqNGv7uBaG63g5gMNiMSzAP
BgNVHRMBAf8EBTADAQH/MA4GA1UdDwEB/wQEAwICpDAKBggqhkjOPQQDAgNJADBG
AiEAvR6EWlcvIlnTCf/JRtiGAFHGw/l7fnPGdjzY4hl9RoACIQCFyvCHgPKSSQhe
k9VZZrsbNqBT9JwKXWUHVCYuRxHqHQ==
-----END CERTIFICATE-----
`;

const detachedEndpoint = ({ name, account, region }: ClusterIdentity): string =>
  `https://${createHash("sha256").update(`${account} ${region} ${name}`).digest("hex").slice(0, 32).toUpperCase()}.gr7.${region}.eks.amazonaws.com`;

export function detachedDataPlane(): DataPlane {
  return {
    description: "no Kubernetes API",
    start: async (cluster) => ({ endpoint: detachedEndpoint(cluster), certificateAuthority: Buffer.from(certificate).toString("base64") }),
    stop: async () => {},
    setAccess: async () => {},
    setNodes: async () => {},
    setFargate: async () => {},
    setAddons: async () => {},
    close: async () => {},
  };
}
