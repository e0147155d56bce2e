import { expect, test } from "@jest/globals";
import { namespaceOrder, type Placed } from "../../../modules/addons/namespace-order.ts";

const row = (id: string, namespace: string, ...after: string[]): Placed<string> => ({ id, namespace, after });
const ordered = (...rows: Placed<string>[]) => Object.fromEntries(namespaceOrder(rows));

test.each([
  ["what comes before the add-ons in it", [row("balancer", "system"), row("site", "web", "balancer")], { system: [], web: ["balancer"] }],
  ["nothing for those among themselves", [row("search", "logs"), row("shipper", "logs", "search")], { logs: [] }],
  [
    "of several add-ons in one namespace",
    [row("balancer", "system"), row("operator", "ops"), row("site", "web", "balancer"), row("base", "web", "operator")],
    { system: [], ops: [], web: ["balancer", "operator"] },
  ],
  [
    "not what waits for the namespace itself",
    [row("kinds", "metrics"), row("balancer", "system", "kinds"), row("grafana", "metrics", "balancer")],
    { metrics: [], system: ["kinds"] },
  ],
  [
    "not what would make two namespaces wait for each other",
    [row("a", "one"), row("b", "two"), row("c", "one", "b"), row("d", "two", "a")],
    { one: ["b"], two: [] },
  ],
])("a namespace comes after %s", (_, rows, expected) => expect(ordered(...rows)).toEqual(expected));
