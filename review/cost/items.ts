/** What an object costs in a month, by what is known of it. */
import { kubernetesVersions } from "../../environments/versions.ts";
import type { PlannedResource } from "../model.ts";
import { numberOf, objectsOf, textOf, textsOf, valueAt } from "../reading/values.ts";
import { hourly, hoursPerMonth, instancePrice, monthly, volumes } from "./prices.ts";

/** One line of a bill: `usd` is a month's price; undefined where it cannot be told, with the reason in `what`. */
export interface Item {
  readonly what: string;
  readonly usd: number | undefined;
}

/** What items are computed from besides the object. */
export interface Surroundings {
  /** Launch template that an object starts machines from. */
  readonly template: (object: PlannedResource) => PlannedResource | undefined;
  /** ISO date of the plan, for the end of standard support. */
  readonly plannedAt: string | undefined;
}

type Pricing = (object: PlannedResource, around: Surroundings) => readonly Item[];

const byHour = (what: keyof typeof hourly, count = 1): Item => ({ what: counted(what, count), usd: hourly[what] * hoursPerMonth * count });
const byMonth = (what: keyof typeof monthly): Item => ({ what, usd: monthly[what] });
const unknown = (what: string): Item => ({ what, usd: undefined });
const counted = (what: string, count: number) => (count === 1 ? what : `${count} × ${what}`);

const pricing: Readonly<Record<string, Pricing>> = {
  aws_eks_cluster: ({ values }, { plannedAt }) => [byHour(controlPlane(values, plannedAt))],
  aws_eks_node_group: nodes,
  aws_autoscaling_group: group,
  aws_instance: ({ values }) => [...machines(textOf(values.instance_type), 1, false), ...root(values.root_block_device, 1)],
  aws_ebs_volume: ({ values }) => [storage(textOf(values.type) ?? "gp2", numberOf(values.size), 1)],
  aws_nat_gateway: ({ values }) =>
    values.availability_mode === "regional" ? [unknown("regional NAT gateway: by zones in use")] : [byHour("NAT gateway")],
  aws_eip: () => [byHour("public IPv4 address")],
  aws_vpc_endpoint: endpoint,
  aws_lb: balancer,
  aws_alb: balancer,
  aws_elb: () => [byHour("classic load balancer")],
  aws_kms_key: () => [byMonth("KMS key")],
  aws_kms_replica_key: () => [byMonth("KMS key")],
  aws_secretsmanager_secret: () => [byMonth("secret")],
  aws_ec2_transit_gateway_vpc_attachment: () => [byHour("transit gateway attachment")],
};

/** Items of an object; none for types that cost nothing, or by use only (usage.ts). */
export function itemsOf(object: PlannedResource, around: Surroundings): readonly Item[] {
  return pricing[object.type]?.(object, around) ?? [];
}

/** Standard support ends on a date that environments/versions.ts knows; without one of the plan it is taken to last. */
function controlPlane(values: PlannedResource["values"], plannedAt: string | undefined): keyof typeof hourly {
  const ends = kubernetesVersions[textOf(values.version) ?? ""]?.standardSupportEnds;
  const upgraded = valueAt(values, ["upgrade_policy", "support_type"]) === "STANDARD";
  const isOver = ends !== undefined && plannedAt !== undefined && plannedAt.slice(0, 10) > ends;
  return isOver && !upgraded ? "EKS control plane in extended support" : "EKS control plane";
}

function nodes(object: PlannedResource, { template }: Surroundings): readonly Item[] {
  const { values } = object;
  const size = objectsOf(values.scaling_config)[0];
  const count = numberOf(size?.desired_size);
  if (count === undefined) return [unknown("nodes: how many is not known")];
  const start = template(object);
  const type = textsOf(values.instance_types)[0] ?? textOf(start?.values.instance_type);
  const range = `${numberOf(size?.min_size) ?? "?"} to ${numberOf(size?.max_size) ?? "?"}`;
  const disk = start === undefined ? [storage("gp2", numberOf(values.disk_size) ?? 20, count)] : disks(start, count);
  return [...machines(type, count, values.capacity_type === "SPOT").map((item) => ({ ...item, what: `${item.what} (${range})` })), ...disk];
}

function group(object: PlannedResource, { template }: Surroundings): readonly Item[] {
  const { values } = object;
  const count = numberOf(values.desired_capacity) ?? numberOf(values.min_size);
  const start = template(object);
  if (objectsOf(values.mixed_instances_policy).length > 0) return [unknown("machines of several types")];
  if (count === undefined || start === undefined) return [unknown("machines: how many of which type is not known")];
  return [...machines(textOf(start.values.instance_type), count, false), ...disks(start, count)];
}

function machines(type: string | undefined, count: number, isSpot: boolean): readonly Item[] {
  if (count === 0) return [];
  const price = type === undefined ? undefined : instancePrice(type);
  const what = counted(type ?? "machine", count);
  if (isSpot) return [unknown(`${what}: spot prices change by the hour`)];
  return price === undefined ? [unknown(`${what}: not in the price table`)] : [{ what, usd: price * hoursPerMonth * count }];
}

function disks({ values }: PlannedResource, count: number): readonly Item[] {
  return objectsOf(values.block_device_mappings).flatMap(({ ebs }) => root(ebs, count));
}

function root(block: PlannedResource["values"][string] | undefined, count: number): readonly Item[] {
  return objectsOf(block).map((disk) => storage(textOf(disk.volume_type) ?? "gp2", numberOf(disk.volume_size), count));
}

function storage(type: string, gigabytes: number | undefined, count: number): Item {
  const price = volumes[type];
  if (price === undefined || gigabytes === undefined)
    return unknown(`${counted(`${type} volume`, count)}: ${gigabytes === undefined ? "its size is not known" : "not in the price table"}`);
  return { what: counted(`${gigabytes} GB of ${type}`, count), usd: price * gigabytes * count };
}

/** Gateway endpoints are free. Each zone of an interface endpoint has its price. */
function endpoint({ values }: PlannedResource): readonly Item[] {
  const type = textOf(values.vpc_endpoint_type) ?? "Gateway";
  if (type === "Gateway") return [];
  if (type !== "Interface") return [unknown(`${type} endpoint: not in the price table`)];
  const zones = textsOf(values.subnet_ids).length || objectsOf(values.subnet_configuration).length;
  return zones === 0 ? [unknown("interface endpoint: how many zones is not known")] : [byHour("interface endpoint", zones)];
}

/** One that faces the internet has a public address in each of its subnets. */
function balancer({ values }: PlannedResource): readonly Item[] {
  if (values.load_balancer_type === "gateway") return [unknown("gateway load balancer: not in the price table")];
  const zones = textsOf(values.subnets).length || objectsOf(values.subnet_mapping).length;
  if (values.internal !== false) return [byHour("load balancer")];
  const own = objectsOf(values.subnet_mapping).some(({ allocation_id: id }) => textOf(id) !== undefined);
  const addresses = own
    ? []
    : [zones === 0 ? unknown("its public addresses: how many is not known") : byHour("public IPv4 address", zones)];
  return [byHour("load balancer"), ...addresses];
}
