/**
 * Notices changes of Auto Scaling groups on their way to the emulator, so that self-managed nodes follow them: in AWS the instances of
 * such a group join the cluster by themselves.
 */
import type { Upstream } from "../gateway/service.ts";
import { reason } from "./call.ts";
import type { EksService } from "./service.ts";

/** Calls that change how many instances a group has, of what kind, or whose it is. */
const changing =
  /(?:^|&)Action=(?:(?:Create|Update|Delete)AutoScalingGroup|SetDesiredCapacity|(?:CreateOrUpdate|Delete)Tags|TerminateInstanceInAutoScalingGroup)(?:&|$)/;

/** For the gateway: `upstream`, which tells `eks` after each such call that succeeded. The call's answer waits until nodes have followed. */
export function watchAutoScaling(
  upstream: Upstream,
  eks: Pick<EksService, "refreshSelfManagedGroups">,
  log: (line: string) => void,
): Upstream {
  return async (request) => {
    const response = await upstream(request);
    if (request.service === "autoscaling" && response.status === 200 && changing.test(request.body.toString())) {
      await eks.refreshSelfManagedGroups().catch((error) => log(`self-managed groups were not looked at: ${reason(error)}`));
    }
    return response;
  };
}
