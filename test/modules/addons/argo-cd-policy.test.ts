/** Who may do what in Argo CD, decided by its own engine (casbin) with its own model and built-in policy. */
import { describe, expect, test } from "@jest/globals";
import { type Enforcer, newEnforcer, newModelFromString } from "casbin";
import { defaultRole, policyCsv, projectRoles, teamsOf } from "../../../modules/addons/catalogue/argo-cd/policy.ts";
import { examplesOf, surroundingsOf } from "../../support/addons.ts";

/** Source: argo-cd, assets/model.conf. */
const model = `
[request_definition]
r = sub, res, act, obj
[policy_definition]
p = sub, res, act, obj, eft
[role_definition]
g = _, _
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = g(r.sub, p.sub) && globOrRegexMatch(r.res, p.res) && globOrRegexMatch(r.act, p.act) && globOrRegexMatch(r.obj, p.obj)
`;

/** The part of Argo CD's built-in roles that is asked about here. Source: argo-cd, assets/builtin-policy.csv. */
const builtIn = [
  ...["applications", "applicationsets", "logs"].map((resource) => `p, role:readonly, ${resource}, get, */*, allow`),
  ...["clusters", "repositories", "projects", "accounts"].map((resource) => `p, role:readonly, ${resource}, get, *, allow`),
  ...["create", "update", "delete", "sync", "rollback", "override", "action/*"].map(
    (action) => `p, role:admin, applications, ${action}, */*, allow`,
  ),
  ...["clusters", "repositories", "projects", "accounts"].map((resource) => `p, role:admin, ${resource}, update, *, allow`),
  "p, role:admin, exec, create, */*, allow",
  "g, role:admin, role:readonly",
];

/** Argo CD's globs know no separators: an asterisk stands for slashes, too. Source: argo-cd, util/glob. */
function globMatches(text: string, pattern: string): boolean {
  const words = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${words.join(".*")}$`, "s").test(text);
}

const { options } = chosen(examplesOf("argo-cd").at(-1));

function chosen(input: object | undefined) {
  const { environment } = surroundingsOf({ "argo-cd": input } as Parameters<typeof surroundingsOf>[0]);
  const found = environment.addons["argo-cd"];
  if (!found) throw new Error("not chosen");
  return { options: found };
}

/** With the roles of one project, as Argo CD decides about its applications. */
async function enforcerOf(project: string): Promise<Enforcer> {
  const enforcer = await newEnforcer(newModelFromString(model));
  await enforcer.addFunction("globOrRegexMatch", globMatches);
  const roles = projectRoles(options, project, options.projects[project]?.developers ?? []);
  const members = roles.flatMap(({ name, groups = [] }) => groups.map((group) => `g, ${group}, proj:${project}:${name}`));
  const lines = [...builtIn, ...policyCsv(options).trim().split("\n"), ...roles.flatMap(({ policies }) => policies), ...members];
  for (const line of lines) {
    const [kind, ...fields] = line.split(", ");
    await (kind === "g" ? enforcer.addGroupingPolicy(...fields) : enforcer.addPolicy(...fields));
  }
  return enforcer;
}

const enforcers = new Map<string, Promise<Enforcer>>();

/** A user is allowed what one of the groups, the account or the default role is allowed. Source: argo-cd, util/rbac, enforce. */
async function may(who: string, resource: string, action: string, object: string): Promise<boolean> {
  const project = object.split("/")[0] ?? "";
  const known = enforcers.get(project) ?? enforcerOf(project);
  enforcers.set(project, known);
  const enforcer = await known;
  const decided = await Promise.all([defaultRole, who].map((subject) => enforcer.enforce(subject, resource, action, object)));
  return decided.includes(true);
}

const everybody = {
  devops: "example:platform",
  developer: "example:backend",
  payments: "example:payments",
  sqa: "example:quality",
  automation: "automation",
  "local developer": "release",
  "pipeline of billing": "proj:billing:automation",
  stranger: "example:marketing",
};
type Who = keyof typeof everybody;
const all = Object.keys(everybody) as Who[];

describe("who may", () => {
  test.each<[string, string, string, string, readonly Who[]]>([
    ["look at applications", "applications", "get", "shop/web", all],
    ["read logs", "logs", "get", "shop/web", all],
    ["sync an open project", "applications", "sync", "shop/web", ["devops", "developer", "local developer", "automation"]],
    ["restart there", "applications", "action/apps/Deployment/restart", "shop/web", ["devops", "developer", "local developer"]],
    [
      "promote a rollout there",
      "applications",
      "action/argoproj.io/Rollout/promote-full",
      "shop/web",
      ["devops", "developer", "local developer"],
    ],
    ["scale there by an action", "applications", "action/apps/Deployment/scale", "shop/web", ["devops"]],
    ["sync a project of one team", "applications", "sync", "billing/api", ["devops", "payments", "automation", "pipeline of billing"]],
    ["restart there", "applications", "action/apps/Deployment/restart", "billing/api", ["devops", "payments"]],
    ["sync the root application", "applications", "sync", "platform/root", ["devops", "automation"]],
    ["deploy what is not in Git", "applications", "override", "shop/web", ["devops"]],
    ["make applications", "applications", "create", "shop/new", ["devops"]],
    ["delete applications", "applications", "delete", "shop/web", ["devops"]],
    ["roll back past Git", "applications", "rollback", "shop/web", ["devops"]],
    ["change projects", "projects", "update", "shop", ["devops"]],
    ["change accounts", "accounts", "update", "automation", ["devops"]],
    ["change repositories", "repositories", "update", "https://github.com/example/shop", ["devops"]],
    ["get a shell in a pod", "exec", "create", "shop/web", ["devops"]],
  ])("%s: %s %s %s", async (_, resource, action, object, expected) => {
    const decided = await Promise.all(all.map(async (who) => [who, await may(everybody[who], resource, action, object)] as const));
    expect(
      decided
        .filter(([, allowed]) => allowed)
        .map(([who]) => who)
        .sort(),
    ).toEqual([...expected].sort());
  });
});

test("an asterisk crosses slashes, as in Argo CD, and nothing else is special", () => {
  expect(globMatches("apps/ns/web", "apps/*")).toBe(true);
  expect(globMatches("appsXweb", "apps.web")).toBe(false);
  expect(globMatches("shop-2/web", "shop/*")).toBe(false);
});

test("only teams that are named somewhere get in", () => {
  expect(teamsOf(options)).toEqual(["backend", "payments", "platform", "quality"]);
});
