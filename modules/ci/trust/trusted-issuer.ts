/** An issuer that an account trusts, as IAM knows it: an OIDC provider. */
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { guarded, type Protection } from "../../protection.ts";
import type { Issuer } from "./issuers.ts";

/** The provider of one issuer. No thumbprints: AWS trusts the certificate authorities of both (IAM guide, "Create an OIDC identity provider"). */
export class TrustedIssuer extends Construct {
  readonly arn: string;
  readonly provider: ITerraformDependable;

  constructor(scope: Construct, id: string, { host, audience }: Issuer, protection: Protection) {
    super(scope, id);
    const provider = new IamOpenidConnectProvider(this, "provider", {
      url: `https://${host}`,
      clientIdList: [audience],
      // Without it no job gets credentials, and roles of every repository trust it by its ARN.
      lifecycle: guarded(protection),
    });
    this.arn = provider.arn;
    this.provider = provider;
  }
}
