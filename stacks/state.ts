import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { PlatformStack } from "./platform-stack.ts";

/** Where all states of an account live. Applied first, with local state, by `mainline bootstrap`. */
export class StateStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "state");
  }
}
