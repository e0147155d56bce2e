/** What services say agrees with what environments give: projects, namespaces, repositories, addresses, registries. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { loadEnvironments } from "../../environments/index.ts";
import { contains } from "../../environments/ipv4.ts";
import { applicationSet, environments, gitops, read, services } from "./services.ts";

const all = loadEnvironments();
const environmentOf = (name: string) => all.find((each) => each.name === name);
const shopConfig = "https://github.com/example/shop-config.git";

/** Keys of a service's file, as the application sets read them: one that is misspelt would be no error there. */
const keys = {
  "": ["project", "namespace", "source", "values", "valueFiles"],
  source: ["repository", "path", "revision"],
  values: ["repository", "revision"],
};

describe.each(services)("%s in %s", (_, environment, service) => {
  const team = environmentOf(environment)?.tenancy?.teams[service.project];

  test("is of a team there, in one of its namespaces", () => {
    expect(Object.keys(team?.namespaces ?? {})).toContain(service.namespace);
  });

  test("comes from repositories that its project takes", () => {
    const patterns = (team?.delivery?.repositories ?? []).map(
      (text) => new RegExp(`^${text.replaceAll(".", "\\.").replaceAll("*", ".*")}$`),
    );
    const used = [service.source.repository, ...(service.values ? [service.values.repository] : [])];
    expect(used.filter((url) => !patterns.some((pattern) => pattern.test(url)))).toEqual([]);
    // Argo CD: "cannot reference a different revision of the same repository", were they one.
    expect(service.values?.repository).not.toBe(service.source.repository);
  });

  test("says nothing that no application set reads", () => {
    const unknown = (object: object | undefined, known: readonly string[]) =>
      Object.keys(object ?? {}).filter((key) => !known.includes(key));
    expect([unknown(service, keys[""]), unknown(service.source, keys.source), unknown(service.values, keys.values)]).toEqual([[], [], []]);
  });
});

const onThePath = services.filter(([, , { source }]) => source.path === "gitops/charts/service");
test.each(onThePath)(
  "%s in %s takes the chart at main in the first environment, at a tag in the others; images by machines win",
  (...row) => {
    const [, environment, service] = row;
    const [first] = read<{ environments: string[] }>("config/promotion.yaml").environments;
    expect(service.source.revision).toMatch(environment === first ? /^main$/ : /^service-\d+\.\d+\.\d+$/);
    expect(service.valueFiles?.at(-1)).toMatch(new RegExp(`/image-${environment}\\.yaml$`));
  },
);

/** Of the samples, whose values are here: those of other services are in the repositories of their teams. */
describe.each(services.filter(([name]) => existsSync(join(gitops, "config/services", name))))(
  "the sample %s in %s",
  (_, environment, service) => {
    test("has its value files in what a configuration repository begins with", () => {
      expect(service.values?.repository).toBe(shopConfig);
      expect((service.valueFiles ?? []).filter((file) => !existsSync(join(gitops, "config", file)))).toEqual([]);
    });

    test("lets in and reaches only addresses of its environment", () => {
      const values = read<{ network: Record<"from" | "to", Record<string, { cidrs?: string[] }>> }>(
        "config",
        service.valueFiles?.find((file) => file.endsWith(`values-${environment}.yaml`)) ?? "",
      );
      const cidrs = (["from", "to"] as const).flatMap((side) => Object.values(values.network[side]).flatMap((each) => each.cidrs ?? []));
      const vpc = environmentOf(environment)?.network?.cidr ?? "";
      expect(cidrs.length).toBeGreaterThan(0);
      expect(cidrs.filter((cidr) => !contains(vpc, cidr))).toEqual([]);
    });
  },
);

test("every image is in the company's registry, in the repository of its team and service", () => {
  const shared = environmentOf("shared");
  for (const name of readdirSync(join(gitops, "config/services"))) {
    const { team, image } = read<{ team: string; image: { repository: string } }>("config/services", name, "values.yaml");
    expect(image.repository).toBe(`${shared?.account}.dkr.ecr.ap-northeast-2.amazonaws.com/${team}/${name}`);
  }
});

test("releases go through the environments that services are in; the last is production", () => {
  const { environments: order } = read<{ environments: string[] }>("config/promotion.yaml");
  expect([...order].sort()).toEqual([...new Set(services.map(([, environment]) => environment))].sort());
  expect(environmentOf(order.at(-1) ?? "")).toMatchObject({ name: "prod", profile: "production" });
});

test("application sets differ in their environment and in pruning, and in nothing else", () => {
  const normal = (environment: string) => {
    const text = JSON.stringify(applicationSet(environment)).replaceAll(`/${environment}.yaml`, "/<environment>.yaml");
    return text.replace(/"prune":(true|false)/, '"prune":"<profile>"');
  };
  expect(new Set(environments.map(normal)).size).toBe(1);
  // Those before show what a prune takes away before production, where somebody does it.
  const production = read<{ environments: string[] }>("config/promotion.yaml").environments.at(-1);
  const pruning = (name: string) => /"prune":(true|false)/.exec(JSON.stringify(applicationSet(name)))?.[1];
  expect(environments.map((name) => [name, pruning(name)])).toEqual(environments.map((name) => [name, String(name !== production)]));
});

test("tags that the chart takes are those that the release scripts take", () => {
  const { image } = read<{ properties: Record<"image", { properties: Record<"tag" | "digest", { pattern: string }> }> }>(
    "charts/service/values.schema.json",
  ).properties;
  const script = readFileSync(join(gitops, "bin/common.sh"), "utf8");
  expect(script).toContain(image.properties.tag.pattern);
  expect(script).toContain(image.properties.digest.pattern);
});
