/** Updates: one at a time per cluster, node group or add-on; InProgress for a moment, then Successful or Failed. */
import type { ErrorCode, Update, UpdateParam } from "@aws-sdk/client-eks";
import { type Call, later, reason } from "./call.ts";
import { type ErrorSubject, inUse } from "./errors.ts";
import { uuid } from "./identifiers.ts";
import type { ClusterState, StoredUpdate } from "./store.ts";

export interface Change {
  readonly type: StoredUpdate["type"];
  readonly params: Readonly<Record<string, unknown>>;
  /** Where the update is not one of the cluster itself. */
  readonly of?: { readonly nodegroupName: string } | { readonly addonName: string };
  /** Called with the passing status, and with the final one. */
  readonly status: (status: "UPDATING" | "ACTIVE") => void;
  /** Takes effect. A rejection makes the update Failed. */
  readonly apply: () => void | Promise<void>;
}

/** @throws ResourceInUseException while another update of the same thing is in progress. */
export function startUpdate(call: Call, state: ClusterState, change: Change): Update {
  const { name } = state.cluster;
  const subject = { nodegroupName: undefined, addonName: undefined, ...change.of };
  refuseWhileUpdating(state, change.type, subject);
  const update: StoredUpdate = {
    id: uuid(call, "update", name, String(state.updates.length)),
    status: "InProgress",
    type: change.type,
    params: params(change.params),
    createdAt: call.scheduler.now(),
    errors: [],
    ...change.of,
  };
  const at = state.updates.push(update) - 1;
  const finish = (end: Partial<Update>) => {
    state.updates[at] = { ...update, ...end };
  };
  change.status("UPDATING");
  later(call, `${name}: ${change.type}`, async () => {
    try {
      await call.scheduler.wait(call.delays.update);
      await change.apply();
      finish({ status: "Successful" });
      call.log(`${name}: ${change.type} ${Object.values(change.of ?? {}).join()} successful`);
    } catch (error) {
      finish({
        status: "Failed",
        errors: [{ errorCode: "Unknown" satisfies ErrorCode, errorMessage: reason(error), resourceIds: [name] }],
      });
      call.log(`${name}: ${change.type} failed: ${reason(error)}`);
    }
    change.status("ACTIVE");
  });
  return withoutSubject(update);
}

export function refuseWhileUpdating(state: ClusterState, action: string, of: Pick<ErrorSubject, "nodegroupName" | "addonName"> = {}): void {
  const running = state.updates.find(
    ({ status, nodegroupName, addonName }) => status === "InProgress" && nodegroupName === of.nodegroupName && addonName === of.addonName,
  );
  if (!running) return;
  const { name } = state.cluster;
  const what = of.nodegroupName ? `Nodegroup ${of.nodegroupName}` : of.addonName ? `addon ${of.addonName}` : `cluster ${name}`;
  throw inUse(`Cannot ${action} because ${what} currently has update ${running.id} in progress`, { clusterName: name, ...of });
}

/** As DescribeUpdate answers. */
export function withoutSubject({ nodegroupName: _group, addonName: _addon, ...update }: StoredUpdate): Update {
  return update;
}

/** EKS names what changes by parameter type ("PublicAccessCidrs") and value as text. */
function params(values: Readonly<Record<string, unknown>>): UpdateParam[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ type: key as UpdateParam["type"], value: typeof value === "string" ? value : JSON.stringify(value) }],
  );
}
