/** The key that encrypts the states of an account. */
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias/index.js";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key/index.js";
import { Construct } from "constructs";
import { guarded, type Protection } from "../protection.ts";
import { keyPolicy } from "./policies.ts";

export interface StateKeySettings {
  readonly account: string;
  /** With `alias/`. The backends of all stacks name it, so that they need no generated id. */
  readonly alias: string;
  readonly protection: Protection;
}

export class StateKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { account, alias, protection }: StateKeySettings) {
    super(scope, id);
    const key = new KmsKey(this, "key", {
      description: "Terraform states",
      policy: keyPolicy(account, protection),
      enableKeyRotation: true,
      deletionWindowInDays: protection.keyDeletionDays,
      lifecycle: guarded(protection),
    });
    new KmsAlias(this, "alias", { name: alias, targetKeyId: key.keyId, lifecycle: guarded(protection) });
    this.arn = key.arn;
  }
}
