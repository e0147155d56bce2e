/** What a value of the golden path may be: the chart's schema, by ajv. That Helm enforces it: test/live/gitops-chart.test.ts. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { Ajv } from "ajv";
import { isMap } from "../support/shared-charts.ts";
import { gitops, type Json, read } from "./services.ts";

const schema = read<Json>("charts/service/values.schema.json");
const defaults = read<Json>("charts/service/values.yaml");
const examples = readdirSync(join(gitops, "charts/service/examples"));
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false, code: { optimize: false } }).compile(schema);

function merged(under: Json, over: Json): Json {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = under[key];
    return [key, isMap(below) && isMap(value) ? merged(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

/** Paths of what the schema refuses. */
function refused(values: Json): string[] {
  validate(merged(defaults, values));
  return [...new Set((validate.errors ?? []).map(({ instancePath }) => instancePath || "/"))];
}

/** The smallest service. */
const least = {
  team: "shop",
  image: { repository: "registry.example.com/shop/api", tag: "1.0.0" },
  resources: { requests: { cpu: "100m", memory: "128Mi" }, limits: { memory: "128Mi" } },
};

test("the smallest service says who, what and how much", () => expect(refused(least)).toEqual([]));
test.each(examples)("example %s", (file) => expect(refused(read("charts/service/examples", file))).toEqual([]));

test("values for a laptop, to which the image is added", () => {
  const { image } = least;
  expect(refused(merged(read("local/values-local.yaml"), { image }))).toEqual([]);
});

test.each(["team", "image", "resources"])("%s has no default", (key) => {
  const { [key]: _, ...others } = least as Json;
  expect(refused(others)).toEqual(["/"]);
  expect(defaults).not.toHaveProperty(key);
});

describe("refuses, with its path,", () => {
  test.each([
    ["a kind that is not offered", { kind: "DaemonSet" }, "/kind"],
    ["a misspelt key", { replica: 2 }, "/"],
    ["a misspelt key further down", { ingress: { hosts: ["a.example.com"], sheme: "internal" } }, "/ingress"],
    ["a team with capitals", { team: "Shop" }, "/team"],
    ["a tag in the repository", { image: { repository: "registry.example.com/shop/api:1", tag: "1" } }, "/image/repository"],
    ["an image of nobody's registry", { image: { repository: "nginx" } }, "/image/repository"],
    ["the tag latest", { image: { tag: "latest" } }, "/image/tag"],
    ["the tag stable", { image: { tag: "stable" } }, "/image/tag"],
    ["a tag that YAML took for a number", { image: { tag: 1.1 } }, "/image/tag"],
    ["a digest that is none", { image: { digest: "sha256:abc" } }, "/image/digest"],
    ["a port of root", { ports: { http: 80 } }, "/ports/http"],
    ["a port's name that is too long", { ports: { "http-of-the-service": 8080 } }, "/ports"],
    ["a probe of two kinds", { probes: { readiness: { path: "/", tcp: "http" } } }, "/probes/readiness"],
    ["a probe that is none", { probes: { liveness: { everySeconds: 5 } } }, "/probes/liveness"],
    ["an environment variable that is a number", { env: { PAGES: 5 } }, "/env/PAGES"],
    ["an environment variable with a dash", { env: { "LOG-LEVEL": "info" } }, "/env"],
    ["the value of a secret", { secrets: { data: { PASSWORD: "hunter2" } } }, "/secrets/data/PASSWORD"],
    ["memory without a unit", { resources: { requests: { memory: "128" } } }, "/resources/requests/memory"],
    ["memory in decimal units", { resources: { limits: { memory: "1G" } } }, "/resources/limits/memory"],
    ["a budget that holds every drain up", { disruption: { maxUnavailable: 0 } }, "/disruption/maxUnavailable"],
    ["a user that is root", { runAs: { user: 0 } }, "/runAs/user"],
    ["a host that is none", { ingress: { hosts: ["localhost"] } }, "/ingress/hosts/0"],
    ["an Ingress without hosts", { ingress: { group: "shop" } }, "/ingress"],
    ["a certificate that is no ARN", { ingress: { hosts: ["a.example.com"], certificate: "mine" } }, "/ingress/certificate"],
    ["an allowance for nobody", { network: { from: { all: {} } } }, "/network/from/all"],
    ["an allowance to anywhere", { network: { to: { all: { ports: [443] } } } }, "/network/to/all"],
    ["an allowance to every port", { network: { to: { db: { cidrs: ["10.0.0.0/8"] } } } }, "/network/to/db"],
    ["an address that is no range", { network: { from: { lb: { cidrs: ["10.0.0.1"] } } } }, "/network/from/lb/cidrs/0"],
    ["autoscaling without bounds", { autoscaling: { cpu: 70 } }, "/autoscaling"],
    ["a role of KEDA that is no ARN", { autoscaling: { min: 0, max: 2, triggers: [], role: "mine" } }, "/autoscaling/role"],
    [
      "a role of KEDA without a trigger",
      { autoscaling: { min: 1, max: 2, cpu: 70, role: `arn:aws:iam::${"1".repeat(12)}:role/a` } },
      "/autoscaling",
    ],
    ["more than all of a CPU", { autoscaling: { min: 1, max: 2, cpu: 170 } }, "/autoscaling/cpu"],
    ["a schedule in words", { kind: "CronJob", cron: { schedule: "every night" } }, "/cron/schedule"],
    ["a schedule with seconds", { kind: "CronJob", cron: { schedule: "0 0 3 * * *" } }, "/cron/schedule"],
    ["a canary of more than everybody", { kind: "Rollout", canary: { steps: [{ weight: 200 }] } }, "/canary/steps/0/weight"],
    ["a pause that is none", { kind: "Rollout", canary: { steps: [{ weight: 20, pause: "a while" }] } }, "/canary/steps/0/pause"],
    ["an alert without a text", { alerts: { extra: { Slow: { expr: "up == 0", severity: "warning" } } } }, "/alerts/extra/Slow"],
    [
      "an alert of another severity",
      { alerts: { extra: { Slow: { expr: "1", severity: "page", summary: "s" } } } },
      "/alerts/extra/Slow/severity",
    ],
    ["a volume without a size", { kind: "StatefulSet", storage: { data: { path: "/data" } } }, "/storage/data"],
  ])("%s", (_, values, path) => expect(refused(merged(least, values))).toContain(path));
});

test("every object of the schema is closed, and every value has a description", () => {
  const open: string[] = [];
  const silent: string[] = [];
  const look = (node: unknown, path: string): void => {
    if (!isMap(node)) return;
    if (node.type === "object" && node.properties !== undefined && node.additionalProperties !== false && path !== "definitions/peers")
      open.push(path);
    for (const [name, child] of Object.entries(isMap(node.properties) ? node.properties : {})) {
      const below = `${path}/${name}`;
      const grouped =
        isMap(child) && (child.type === "object" || child.$ref === "#/definitions/probe" || child.$ref === "#/definitions/spread");
      if (isMap(child) && Object.keys(child).length > 0 && child.description === undefined && !grouped) silent.push(below);
      look(child, below);
    }
    if (isMap(node.additionalProperties)) look(node.additionalProperties, `${path}/*`);
    if (isMap(node.items)) look(node.items, `${path}[]`);
  };
  look(schema, "");
  for (const [name, definition] of Object.entries(schema.definitions as Json)) look(definition, `definitions/${name}`);
  expect({ open, silent }).toEqual({ open: [], silent: [] });
});
