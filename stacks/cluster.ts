import type { Construct } from "constructs";
import type { Environment } from "../environments/schema.ts";
import { PlatformStack } from "./platform-stack.ts";

/** EKS cluster. */
export class ClusterStack extends PlatformStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, environment, "cluster");
  }
}
