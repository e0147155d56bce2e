/** An image repository of one service: of its releases, or of its pull requests. */
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy/index.js";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository/index.js";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy/index.js";
import { Construct } from "constructs";
import type { CiConfig } from "../../../environments/schema.ts";
import { disposable, guarded } from "../../protection.ts";
import type { CiContext } from "../context.ts";
import { pullPolicy } from "./policies.ts";

export interface ServiceRepositorySettings {
  readonly context: CiContext;
  /** For example `<team>/<service>`. */
  readonly name: string;
  readonly team: string;
  readonly keyArn: string;
  /** Which of its images go (lifecycle.ts). */
  readonly expiry: string;
  readonly registries: CiConfig["registries"];
}

export class ServiceRepository extends Construct {
  readonly arn: string;
  readonly url: string;

  constructor(scope: Construct, id: string, { context, name, team, keyArn, expiry, registries }: ServiceRepositorySettings) {
    super(scope, id);
    const repository = new EcrRepository(this, "repository", {
      name,
      // A tag that was tested is the one that is deployed; nobody moves it under a running service (FSBP ECR.2).
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: "KMS", kmsKey: keyArn }],
      forceDelete: disposable(context.protection),
      lifecycle: guarded(context.protection),
      tags: { team },
    });
    new EcrLifecyclePolicy(this, "expiry", { repository: repository.name, policy: expiry });
    if (Object.keys(registries.readers).length > 0) {
      new EcrRepositoryPolicy(this, "readers", { repository: repository.name, policy: pullPolicy(context.project, registries.readers) });
    }
    this.arn = repository.arn;
    this.url = repository.repositoryUrl;
  }
}
