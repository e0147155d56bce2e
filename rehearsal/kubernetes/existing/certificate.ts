/** A certificate authority for one run and the one certificate that it signs. Neither key touches the disk. */
import { type GenerateResult, generate } from "selfsigned";

export interface ServerCertificate {
  /** PEM, of the authority. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

const common = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;
/** A kept rehearsal may stay for long. */
const days = 365;

/** For a server on this address. */
export async function serverCertificate(ip: string): Promise<ServerCertificate> {
  // A little early: clocks of containers may lag.
  const notBeforeDate = new Date(Date.now() - 3_600_000);
  const validity = { notBeforeDate, notAfterDate: new Date(notBeforeDate.getTime() + days * 86_400_000) };
  const ca: GenerateResult = await generate([{ name: "commonName", value: "mainline rehearsal" }], {
    ...common,
    ...validity,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const server: GenerateResult = await generate([{ name: "commonName", value: ip }], {
    ...common,
    ...validity,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip }] },
    ],
  });
  return { ca: ca.cert, cert: server.cert, key: server.private };
}
