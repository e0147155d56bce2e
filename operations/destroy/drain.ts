/** Deletes what controllers left, in the order in which AWS lets it go. */

import { setTimeout as wait } from "node:timers/promises";
import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteVolumeCommand,
  DescribeSecurityGroupsCommand,
  type EC2Client,
  type IpPermission,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
  TerminateInstancesCommand,
  waitUntilInstanceTerminated,
} from "@aws-sdk/client-ec2";
import { DeleteLoadBalancerCommand as DeleteClassicCommand } from "@aws-sdk/client-elastic-load-balancing";
import {
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  waitUntilLoadBalancersDeleted,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { UserError } from "../../environments/user-error.ts";
import { Interrupted } from "../../rehearsal/terraform/runner.ts";
import type { Clients } from "../aws/clients.ts";
import { deleteRecord } from "./dns.ts";
import { inOrder, type Kind, type LeftOver } from "./left-over.ts";
import { described } from "./tell.ts";

export interface Drain {
  readonly clients: Clients;
  /** Name of the cluster. */
  readonly cluster: string;
  readonly signal: AbortSignal;
  readonly report: (step: string) => void;
}

/** Seconds that AWS may take to let go of what a load balancer or an instance held; some minutes are usual. */
const patienceSeconds = 600;
/** Seconds between two tries. */
const pauseSeconds = 5;

/** Deletes these, none that is foreign, and no snapshot. What is gone already is fine: running it again goes on. Rejects with all that could not be deleted. */
export async function drain(spec: Drain, found: readonly LeftOver[]): Promise<void> {
  const problems: string[] = [];
  for (const one of inOrder(found.filter(({ foreign }) => foreign === undefined))) {
    if (one.kind === "snapshot") continue;
    const remove = removals[one.kind];
    if (spec.signal.aborted) throw new Interrupted("Interrupted. What was deleted is gone; run it again to go on.");
    try {
      spec.report(`deleting ${described(one)}`);
      await eventually(spec, () => remove(spec, one.id));
    } catch (error) {
      if (spec.signal.aborted) throw new Interrupted("Interrupted. What was deleted is gone; run it again to go on.");
      problems.push(`${described(one)}: ${explained(error)}`);
    }
  }
  if (problems.length > 0)
    throw new UserError(
      `${problems.length} could not be deleted; remove them by hand and run it again:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
}

const removals: Readonly<Record<Exclude<Kind, "snapshot">, (spec: Drain, id: string) => Promise<void>>> = {
  "classic load balancer": async ({ clients: { classic } }, LoadBalancerName) => {
    await classic.send(new DeleteClassicCommand({ LoadBalancerName }));
  },
  "load balancer": async ({ clients: { elb }, signal }, LoadBalancerArn) => {
    await elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }));
    await waitUntilLoadBalancersDeleted(
      { client: elb, maxWaitTime: patienceSeconds, abortSignal: signal },
      { LoadBalancerArns: [LoadBalancerArn] },
    );
  },
  "target group": async ({ clients: { elb } }, TargetGroupArn) => {
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  },
  instance: async ({ clients: { ec2 }, signal }, id) => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
    await waitUntilInstanceTerminated({ client: ec2, maxWaitTime: patienceSeconds, abortSignal: signal }, { InstanceIds: [id] });
  },
  "network interface": async ({ clients: { ec2 } }, NetworkInterfaceId) => {
    await ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId }));
  },
  "security group": async ({ clients: { ec2 } }, GroupId) => {
    await forget(ec2, GroupId);
    await ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
  },
  volume: async ({ clients: { ec2 } }, VolumeId) => {
    await ec2.send(new DeleteVolumeCommand({ VolumeId }));
  },
  "DNS record": async ({ clients: { dns }, cluster }, id) => deleteRecord(dns, cluster, id),
};

/** Takes it out of the rules of other groups, where the load balancer controller wrote it: AWS keeps a group that a rule names. */
async function forget(ec2: EC2Client, id: string): Promise<void> {
  const naming = async (filter: string) => {
    const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters: [{ Name: filter, Values: [id] }] }));
    return SecurityGroups;
  };
  for (const { GroupId, IpPermissions } of await naming("ip-permission.group-id")) {
    const rules = rulesNaming(id, IpPermissions);
    if (rules.length > 0) await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: rules }));
  }
  for (const { GroupId, IpPermissionsEgress } of await naming("egress.ip-permission.group-id")) {
    const rules = rulesNaming(id, IpPermissionsEgress);
    if (rules.length > 0) await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions: rules }));
  }
}

/** Those parts of rules that let this group in or out, and nothing else. */
function rulesNaming(id: string, permissions: readonly IpPermission[] = []): IpPermission[] {
  return permissions.flatMap(({ IpProtocol, FromPort, ToPort, UserIdGroupPairs = [] }) => {
    const named = UserIdGroupPairs.some(({ GroupId }) => GroupId === id);
    return named ? [{ IpProtocol, FromPort, ToPort, UserIdGroupPairs: [{ GroupId: id }] }] : [];
  });
}

const gone = /NotFound|LoadBalancerNotFound|TargetGroupNotFound/;
/** What AWS says while it has not let go yet. */
const busy = /DependencyViolation|ResourceInUse|InUse|RequestLimitExceeded/;

async function eventually({ signal }: Drain, remove: () => Promise<void>): Promise<void> {
  for (let left = patienceSeconds; ; left -= pauseSeconds) {
    try {
      return await remove();
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (gone.test(name)) return;
      if (!busy.test(name) || left <= 0) throw error;
    }
    await wait(pauseSeconds * 1000, undefined, { signal });
  }
}

function explained(error: unknown): string {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  if (name === "OperationNotPermitted") return "deletion protection is on: aws elbv2 modify-load-balancer-attributes turns it off";
  return message;
}
