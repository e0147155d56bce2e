/** A capacity report in words, for the end of a rehearsal. Pure. */
import type { CapacityReport, NodeGroupCapacity } from "./capacity.ts";

/** Lines without indent: the nodes, what is requested of them, then one line per workload without a place. */
export function capacitySummary(report: CapacityReport): string[] {
  const { requested, allocatable } = report;
  const gib = (mib: number) => (mib / 1024).toFixed(1);
  return [
    `${report.cluster}: ${report.ready} of ${report.nodes} nodes Ready${report.groups.map(group).join("")}`,
    `requested: ${cores(requested.milliCpu)} of ${cores(allocatable.milliCpu)} CPU (${share(requested.milliCpu, allocatable.milliCpu)}), ` +
      `${gib(requested.memoryMiB)} of ${gib(allocatable.memoryMiB)} GiB memory (${share(requested.memoryMiB, allocatable.memoryMiB)}), ` +
      `${requested.pods} of ${allocatable.pods} pods`,
    ...report.pending.map(({ workload, pods, reason }) => `no place for ${pods} ${pods === 1 ? "pod" : "pods"} of ${workload}: ${reason}`),
  ];
}

function group({ group: name, nodes, instanceTypes, zones }: NodeGroupCapacity): string {
  const types = instanceTypes.length > 0 ? ` x ${instanceTypes.join(", ")}` : "";
  return `; ${plain(name)} ${nodes}${types} in ${zones.join(", ")}`;
}

/** Without what Terraform appends to a name prefix: 18 digits of time and 8 of a counter (SDK, id.UniqueId). */
function plain(name: string): string {
  return name.replace(/-\d{18}[0-9a-f]{8}$/, "");
}

function cores(milliCpu: number): string {
  return (milliCpu / 1000).toFixed(1);
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${Math.round((100 * part) / whole)} %`;
}
