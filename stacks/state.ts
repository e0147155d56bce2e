/** Where all states of an account live. Applied first, with local state, by `mainline bootstrap`, which then moves that state here. */
import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { StateBucket } from "../modules/state/bucket.ts";
import { StateKey } from "../modules/state/key.ts";
import { state } from "./contracts.ts";
import { PlatformStack } from "./platform-stack.ts";
import { stateBucket, stateKeyAlias, stateKeyAliasArn } from "./state-backend.ts";

/** The bucket of states and the key that encrypts them. */
export class StateStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "state");
    const { account, protection } = environment;

    const key = new StateKey(this, "encryption", { account, alias: stateKeyAlias(environment), protection });
    const bucket = new StateBucket(this, "storage", {
      name: stateBucket(environment),
      account,
      keyArn: key.arn,
      keyAliasArn: stateKeyAliasArn(environment),
      oldVersionDays: environment.state.oldVersionDays,
      protection,
    });

    this.publish(state, { bucket: bucket.name, keyArn: key.arn });
  }
}
