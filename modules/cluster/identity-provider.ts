/** Lets IAM trust the cluster's service accounts, for pods that pod identity does not reach: those on Fargate. */
import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider/index.js";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export class IdentityProvider extends Construct {
  readonly arn: string;
  /** Without https://, as trust policies want it. */
  readonly issuer: string;

  constructor(scope: Construct, id: string, { issuer }: { readonly issuer: string }) {
    super(scope, id);
    // No thumbprint: IAM knows the certificate authorities of EKS issuers itself, and reading one would need a network call at plan
    // (IAM user guide, "Create an OpenID Connect identity provider"; optional since provider 5.81).
    const provider = new IamOpenidConnectProvider(this, "provider", { url: issuer, clientIdList: ["sts.amazonaws.com"] });
    this.arn = provider.arn;
    this.issuer = Fn.replace(issuer, "https://", "");
  }
}
