/** What the parts of CI are told about their environment. */
import type { NetworkContext } from "../network/context.ts";

export interface CiContext extends NetworkContext {
  /** First part of every AWS name of this environment: `<project>-<environment>`. */
  readonly prefix: string;
  readonly project: string;
  readonly environment: string;
  /** What default tags do not reach: instances and volumes of a launch template. */
  readonly tags: Readonly<Record<string, string>>;
}
