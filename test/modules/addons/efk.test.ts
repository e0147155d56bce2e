/** Logs: sizes by profile, what Elasticsearch is told, and that every shipper writes where template and life cycle are. */
import { describe, expect, test } from "@jest/globals";
import type { EnvironmentInput } from "../../../environments/schema.ts";
import { indexPatterns } from "../../../modules/addons/catalogue/efk/names.ts";
import type { PlannedAddon } from "../../../modules/addons/plan.ts";
import { plannedAddon } from "../../../modules/addons/plan.ts";
import { helmYaml } from "../../../modules/addons/values.ts";
import { surroundingsOf } from "../../support/addons.ts";

type Profile = "development" | "production";
type Options = NonNullable<NonNullable<EnvironmentInput["addons"]>["efk"]>;

function efk(options: Options, profile: Profile = "development"): PlannedAddon {
  return plannedAddon("efk", surroundingsOf({ efk: options }, { profile }));
}

function one(planned: PlannedAddon, kind: string, name = /./) {
  const found = planned.resources.filter((resource) => resource.kind === kind && name.test(resource.metadata.name));
  expect(found).toHaveLength(1);
  return found[0] as unknown as { readonly metadata: { readonly name: string }; readonly [field: string]: unknown };
}

describe("Elasticsearch", () => {
  const spec = (options: Options, profile: Profile) =>
    one(efk(options, profile), "Elasticsearch").spec as {
      readonly volumeClaimDeletePolicy: string;
      readonly nodeSets: readonly {
        readonly name: string;
        readonly count: number;
        readonly podTemplate: { readonly spec: { readonly initContainers?: readonly object[] } };
        readonly config: Readonly<Record<string, unknown>>;
        readonly volumeClaimTemplates: readonly {
          readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
        }[];
      }[];
    };

  test.each<[Profile, Options, readonly (readonly [string, number, string])[], string]>([
    ["development", {}, [["all", 1, "30Gi"]], "DeleteOnScaledownAndClusterDeletion"],
    ["development", { storage: "50Gi" }, [["all", 1, "50Gi"]], "DeleteOnScaledownAndClusterDeletion"],
    ["production", {}, [["masters", 3, "10Gi"], ["data", 3, "200Gi"]], "DeleteOnScaledownOnly"], // biome-ignore format: a row
    ["production", { storage: "1000Gi", dataNodes: 6 }, [["masters", 3, "10Gi"], ["data", 6, "1000Gi"]], "DeleteOnScaledownOnly"], // biome-ignore format: a row
  ])("%s, %j", (profile, options, sets, policy) => {
    const { nodeSets, volumeClaimDeletePolicy } = spec(options, profile);
    const shape = nodeSets.map(({ name, count, volumeClaimTemplates: [volume] }) => [name, count, volume?.spec.resources.requests.storage]);
    expect([shape, volumeClaimDeletePolicy]).toEqual([sets, policy]);
  });

  test.each<Profile>(["development", "production"])("%s: memory maps only where the kernel's setting is raised for them", (profile) => {
    for (const { config, podTemplate } of spec({}, profile).nodeSets) {
      expect(config["node.store.allow_mmap"]).toBe(podTemplate.spec.initContainers !== undefined);
    }
  });

  test("without snapshots it has no rights and no token", () => {
    expect(efk({}).identities).toEqual([]);
    expect(JSON.stringify(efk({}).resources)).not.toContain("pods.eks.amazonaws.com");
  });
});

describe("what it is told", () => {
  const data = (options: Options, profile: Profile = "development") =>
    one(efk(options, profile), "ConfigMap").data as Readonly<Record<string, string>>;
  const name = (options: Options) => one(efk(options), "Job").metadata.name;

  test.each<[Profile, Options, string]>([
    ["development", {}, "7d"],
    ["production", {}, "30d"],
    ["production", { retentionDays: 90 }, "90d"],
  ])("%s, %j: indices go after %s", (profile, options, age) => {
    expect(JSON.parse(data(options, profile)["01.json"] ?? "")).toHaveProperty("policy.phases.delete.min_age", age);
  });

  test("a day's copies: none on one node, which could not place them", () => {
    const copies = (profile: Profile) => JSON.parse(data({}, profile)["02.json"] ?? "").template.settings.index.number_of_replicas;
    expect([copies("development"), copies("production")]).toEqual([0, 1]);
  });

  test("every file is sent once", () => {
    const { "setup.sh": script = "", ...files } = data({ snapshots: { bucket: "example-snapshots" } });
    expect(script.match(/\/setup\/\d+\.json/g)).toEqual(Object.keys(files).map((file) => `/setup/${file}`));
    expect(script).toContain('/_slm/policy/nightly" ');
  });

  test("a change of what is said is a new Job; anything else is not", () => {
    expect(name({ retentionDays: 7 })).toBe(name({}));
    expect(name({ storage: "100Gi" })).toBe(name({}));
    expect(name({ retentionDays: 8 })).not.toBe(name({}));
  });
});

describe("shippers", () => {
  const text = (id: "fluent-bit" | "fluentd", options: object = {}) =>
    JSON.stringify(plannedAddon(id, surroundingsOf({ [id]: options })).values);
  const written = (config: string, pattern: RegExp) => [...config.matchAll(pattern)].map(([, prefix = ""]) => prefix);
  const covered = (index: string) => indexPatterns.some((pattern) => index.startsWith(pattern.replace("*", "")));

  test.each([
    ["fluent-bit", written(text("fluent-bit"), /Logstash_Prefix (\S+?)\\n/g), 2],
    ["fluent-bit's index of a namespace", written(text("fluent-bit"), /entry\[\\"index\\"\] = \\"(\S+?)\\"/g), 1],
    ["fluentd", written(text("fluentd"), /logstash_prefix (\S+?)\\n/g), 1],
    [
      "logstash and filebeat",
      written(JSON.stringify(efk({ logstash: true, filebeat: true }).resources), /"?index(?:\\"|"|)(?: =>|:) ?\\?"([a-z-]+)%/g),
      2,
    ],
  ] as const)("%s: template and life cycle are for its indices", (_, prefixes, count) => {
    expect(prefixes).toHaveLength(count);
    expect(prefixes.map((prefix) => `${prefix}-2026.01.01`).filter((index) => !covered(index))).toEqual([]);
  });

  test("no output tries for ever, or without checking whom it speaks to", () => {
    for (const options of [
      {},
      { opensearch: { endpoint: "logs.example.com", domain: "arn:aws:es:ap-northeast-2:111122223333:domain/logs" } },
    ]) {
      const config = text("fluent-bit", options);
      const outputs = config.split("[OUTPUT]").slice(1);
      expect(outputs).toHaveLength(2);
      for (const output of outputs) expect(output).toMatch(/tls On.*tls\.verify On.*Retry_Limit \d+\\n/);
    }
  });

  test.each(["fluent-bit", "fluentd"] as const)("%s: variables of the pod pass Terraform", (id) => {
    const yaml = helmYaml(plannedAddon(id, surroundingsOf({ [id]: {} })).values);
    expect(yaml.match(/(?<!\$)\$\{|(?<!%)%\{/g)).toBeNull();
    expect(yaml).toContain(id === "fluentd" ? "k8s-$${$.kubernetes.namespace_name}" : "HTTP_Passwd $${ELASTICSEARCH_PASSWORD}");
  });

  test("a user of its own is read from its secret, never from the values", () => {
    const planned = plannedAddon("fluent-bit", surroundingsOf({ "fluent-bit": { user: "mainline/dev/shipper" }, "external-secrets": {} }));
    expect(planned.resources.map(({ kind, metadata }) => [kind, metadata.name])).toEqual([["ExternalSecret", "fluent-bit-elasticsearch"]]);
    expect(planned.values.env).toEqual(
      ["USER", "PASSWORD"].map((part) => ({
        name: `ELASTICSEARCH_${part}`,
        valueFrom: { secretKeyRef: { name: "fluent-bit-elasticsearch", key: part === "USER" ? "username" : "password" } },
      })),
    );
  });
});
