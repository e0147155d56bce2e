/** The sample that teams copy for deployments to EC2: its hooks, its scripts, and what a build hands over. */
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { parse } from "yaml";

const folder = join(import.meta.dirname, "../../../delivery/codedeploy");
const read = (name: string) => readFileSync(join(folder, name), "utf8");
const appspec = parse(read("appspec.yml"));
const hooks: [string, { location: string; timeout: number; runas: string }[]][] = Object.entries(appspec.hooks);

test("all five hooks are there, in the order in which they run", () => {
  expect(hooks.map(([name]) => name)).toEqual(["ApplicationStop", "BeforeInstall", "AfterInstall", "ApplicationStart", "ValidateService"]);
});

test.each(hooks)("%s names a script that can be run, and an end", (_, [hook]) => {
  expect(statSync(join(folder, hook?.location ?? "")).mode & 0o111).toBe(0o111);
  expect(read(hook?.location ?? "")).toMatch(/^#!\/usr\/bin\/env bash\n# [\s\S]*\nset -euo pipefail\n/);
  expect(hook?.timeout).toBeGreaterThan(0);
});

test("no file is below two permissions of its type: the agent fails there", () => {
  const permissions: { object: string; type: string[] }[] = appspec.permissions;
  const named = permissions.flatMap(({ object, type }) => type.map((each) => ({ each, object: `${object}/` })));
  const twice = named.filter((one) => named.some((two) => one !== two && one.each === two.each && one.object.startsWith(two.object)));
  expect(twice).toEqual([]);
});

test("all hooks together end within the hour that CodeDeploy gives", () => {
  expect(hooks.flatMap(([, all]) => all.map(({ timeout }) => timeout)).reduce((sum, seconds) => sum + seconds)).toBeLessThan(3600);
});

test("user, unit and folder have one name in hooks, unit and appspec", () => {
  const settings = read("scripts/settings.sh");
  const [name, home] = [/^export SERVICE=(\S+)$/m, /SERVICE_HOME:-(\S+)\}/].map((form) => form.exec(settings)?.[1]);
  expect(appspec.files).toEqual([
    { source: "app", destination: home },
    { source: `${name}.service`, destination: "/etc/systemd/system" },
  ]);
  expect(appspec.permissions).toMatchObject([{ object: home, owner: name, group: name }]);
  const unit = read(`${name}.service`);
  for (const line of [`User=${name}`, `Group=${name}`, `WorkingDirectory=${home}`, `ExecStart=${home}/bin/start`])
    expect(unit).toContain(`${line}\n`);
});

test("the last hook has time for all its attempts, each of which may hang, and for the last words", () => {
  const [attempts, pause, answer] = [/HEALTH_ATTEMPTS:-(\d+)/, /HEALTH_PAUSE:-(\d+)/, /--max-time (\d+)/].map((form) =>
    Number(form.exec(read("scripts/validate-service.sh"))?.[1]),
  );
  const [[last] = []] = hooks.filter(([name]) => name === "ValidateService").map(([, all]) => all);
  expect(last?.timeout).toBeGreaterThan((attempts ?? Number.NaN) * ((pause ?? Number.NaN) + (answer ?? Number.NaN)));
});

test("what is deployed runs without root, by a user that nobody can log in as; so the agent's `su` cannot run hooks as that user", () => {
  expect(read("service.service")).toMatch(/^User=service$/m);
  expect(read("scripts/before-install.sh")).toContain("--shell /sbin/nologin");
  expect([...new Set(hooks.flatMap(([, all]) => all.map(({ runas }) => runas)))]).toEqual(["root"]);
});

test("a build hands over everything that the deployment names", () => {
  const { artifacts, phases } = parse(read("buildspec.yml"));
  expect(Object.keys(phases)).toEqual(["install", "pre_build", "build", "post_build"]);
  const sources: string[] = [
    "appspec.yml",
    ...appspec.files.map(({ source }: { source: string }) => source),
    ...hooks.flatMap(([, all]) => all.map(({ location }) => location)),
  ];
  const handed: string[] = artifacts.files;
  expect(
    sources.filter((source) => !handed.some((pattern) => source === pattern || `${source}/`.startsWith(pattern.replace("**/*", "")))),
  ).toEqual([]);
});
