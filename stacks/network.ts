import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { PlatformStack } from "./platform-stack.ts";

/** VPC and all that is in it. */
export class NetworkStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "network");
  }
}
