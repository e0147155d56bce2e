/**
 * NetworkPolicies in the platform's chart of objects, by their result for a namespace. They only allow, and a pod is closed only as long as a
 * policy chooses it: an allowance that goes closes a way, the last policy that goes opens all. Source: Kubernetes docs, "Network Policies".
 */
import type { Json, JsonObject } from "../model.ts";
import { type AddressSet, cidrSet, minus, union } from "../network/addresses.ts";
import { type Flow, flowsOf, newTraffic, trafficLines } from "../network/traffic.ts";
import { isEmpty, isObject } from "../plan/json.ts";
import { numberOf, objectsOf, textOf, textsOf, valueAt } from "../reading/values.ts";

export interface Opened {
  readonly what: string;
  readonly lines: readonly string[];
}

const directions = [
  { type: "Ingress", rules: "ingress", peers: "from", word: "are reached from more places" },
  { type: "Egress", rules: "egress", peers: "to", word: "may reach more" },
] as const;
type Direction = (typeof directions)[number];

/** Nothing for namespaces that had no policy before: what is new opens nothing that was closed. */
export function openedBy(before: JsonObject, after: JsonObject): readonly Opened[] {
  const [was, is] = [byNamespace(before), byNamespace(after)];
  return [...was].flatMap(([namespace, old]) => {
    const now = is.get(namespace) ?? [];
    const lost = directions.filter((direction) => old.some(deniesAll(direction)) && !now.some(deniesAll(direction)));
    const undenied = lost.map((direction) =>
      now.some(closesAll(direction))
        ? `${direction.rules}: closed only as long as the policies that allow something choose all pods`
        : `${direction.rules}: open, no policy chooses all pods`,
    );
    return [
      ...(lost.length > 0 ? [{ what: `pods of ${namespace} lose the denial of all that nothing allows`, lines: undenied }] : []),
      ...directions.flatMap((direction) => compared(namespace, direction, old, now)),
    ];
  });
}

function compared(namespace: string, direction: Direction, was: readonly JsonObject[], is: readonly JsonObject[]): readonly Opened[] {
  const flows = newTraffic(flowsIn(direction, was), flowsIn(direction, is));
  const selectors = selectorsIn(direction, is).filter((selector) => !selectorsIn(direction, was).includes(selector));
  if (flows.length + selectors.length === 0) return [];
  return [{ what: `pods of ${namespace} ${direction.word}`, lines: [...trafficLines(flows), ...selectors] }];
}

function byNamespace(values: JsonObject): ReadonlyMap<string, readonly JsonObject[]> {
  const found = new Map<string, JsonObject[]>();
  for (const object of isObject(values.resources) ? Object.values(values.resources) : []) {
    if (!isObject(object) || object.kind !== "NetworkPolicy" || !isObject(object.spec)) continue;
    const namespace = textOf(valueAt(object, ["metadata", "namespace"])) ?? "the release";
    found.set(namespace, [...(found.get(namespace) ?? []), object.spec]);
  }
  return found;
}

const closesAll =
  ({ type, rules }: Direction) =>
  (spec: JsonObject): boolean =>
    isEmpty(spec.podSelector) &&
    (textsOf(spec.policyTypes).includes(type) || (isEmpty(spec.policyTypes) && (type === "Ingress" || rules in spec)));

/** A policy that is there to close, whatever others open. */
const deniesAll =
  (direction: Direction) =>
  (spec: JsonObject): boolean =>
    closesAll(direction)(spec) && isEmpty(spec[direction.rules]);

const everybody = cidrSet(["0.0.0.0/0", "::/0"]);

/** What address blocks let through; a rule without peers is for everybody. */
function flowsIn({ rules, peers }: Direction, specs: readonly JsonObject[]): readonly Flow[] {
  return specs.flatMap((spec) =>
    objectsOf(spec[rules]).flatMap((rule) => {
      const blocks = isEmpty(rule[peers]) ? everybody : union(...objectsOf(rule[peers]).map(({ ipBlock }) => blockOf(ipBlock)));
      return portsOf(rule).flatMap(([protocol, from, to]) => flowsOf(protocol, from, to, blocks));
    }),
  );
}

function blockOf(block: Json | undefined): AddressSet {
  return isObject(block) ? minus(cidrSet(textsOf(block.cidr)), cidrSet(textsOf(block.except))) : [];
}

function portsOf(rule: JsonObject): readonly (readonly [protocol: string, from: number, to: number])[] {
  if (isEmpty(rule.ports)) return [["-1", -1, -1]];
  return objectsOf(rule.ports).map(({ protocol, port, endPort }) => {
    const from = numberOf(port) ?? -1;
    return [textOf(protocol) ?? "TCP", from, numberOf(endPort) ?? from];
  });
}

/** Peers by labels that choose every namespace. */
function selectorsIn({ rules, peers }: Direction, specs: readonly JsonObject[]): readonly string[] {
  const wide = specs.flatMap((spec) =>
    objectsOf(spec[rules]).flatMap((rule) =>
      objectsOf(rule[peers]).filter(
        ({ namespaceSelector, podSelector }) => isObject(namespaceSelector) && isEmpty(namespaceSelector) && isEmpty(podSelector),
      ),
    ),
  );
  return wide.length === 0 ? [] : ["every pod of every namespace"];
}
