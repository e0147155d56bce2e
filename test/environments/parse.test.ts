import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { environmentFiles, loadEnvironments } from "../../environments/index.ts";
import { parseEnvironments } from "../../environments/parse.ts";
import { EnvironmentErrors } from "../../environments/problem.ts";
import { UserError } from "../../environments/user-error.ts";
import { complaint, filesWith } from "./mistakes.ts";

const valid = () => parseEnvironments(filesWith({}));

test("the files of this workspace are valid, in the order in which changes travel", () => {
  expect(loadEnvironments().map(({ name }) => `environments/${name}.ts`)).toEqual(Object.keys(environmentFiles));
});

test("no environment's file is left out of environments/index.ts", () => {
  const folder = join(import.meta.dirname, "../../environments");
  const files = readdirSync(folder).filter((name) => name.endsWith(".ts"));
  const written = files.filter((name) => readFileSync(join(folder, name), "utf8").includes("satisfies EnvironmentInput"));
  expect(written.map((name) => `environments/${name}`)).toEqual(Object.keys(environmentFiles).sort());
});

test("environments are frozen to the last value", () => {
  const [dev] = valid();
  expect(() => dev?.network?.zones.push("apne2-az4")).toThrow(TypeError);
  expect(() => Object.assign(dev?.cluster?.nodes.general?.size ?? {}, { max: 100 })).toThrow(TypeError);
});

test("parsing does not change what the files say", () => {
  const files = filesWith({});
  parseEnvironments(files);
  expect(files).toEqual(filesWith({}));
});

describe("profiles", () => {
  test.each([
    [
      "development",
      "dev",
      {
        nat: "single",
        interfaceEndpoints: 0,
        deletion: false,
        keyDeletionDays: 7,
        logDays: 30,
      },
    ],
    [
      "production",
      "prod",
      {
        nat: "per-zone",
        interfaceEndpoints: 15,
        deletion: true,
        keyDeletionDays: 30,
        logDays: 365,
      },
    ],
  ])("%s gives its defaults", (_, name, expected) => {
    const environment = valid().find((candidate) => candidate.name === name);
    expect({
      nat: environment?.network?.nat,
      interfaceEndpoints: environment?.network?.interfaceEndpoints.length,
      deletion: environment?.protection.deletion,
      keyDeletionDays: environment?.protection.keyDeletionDays,
      logDays: environment?.cluster?.logDays,
    }).toEqual(expected);
  });

  test("a file overrides single values of it, and lists as a whole", () => {
    const [dev] = parseEnvironments(
      filesWith({
        "dev.network.flowLogs.logGroupDays": 14,
        "dev.network.interfaceEndpoints": ["sts"],
      }),
    );
    expect(dev?.network?.flowLogs).toEqual({
      logGroupDays: 14,
      archiveDays: 30,
      aggregationSeconds: 600,
    });
    expect(dev?.network?.interfaceEndpoints).toEqual(["sts"]);
  });

  test("a value that is set to undefined counts as not set", () => {
    const network = {
      cidr: "10.10.0.0/16",
      zones: ["apne2-az1", "apne2-az2"],
      nat: undefined,
    };
    expect(parseEnvironments(filesWith({ "dev.network": network }))[0]?.network?.nat).toBe("single");
  });

  test("an environment without network and cluster gets none from its profile", () => {
    const [dev] = parseEnvironments(filesWith({ "dev.network": undefined, "dev.cluster": undefined }));
    expect(dev).not.toHaveProperty("network");
    expect(dev).not.toHaveProperty("cluster");
  });
});

describe("errors", () => {
  test("all problems of all files are one error, for people", () => {
    const changes = {
      "dev.cluster.nodes.general.size.desired": 8,
      "dev.awsProvider": "4.0.0",
      "prod.network.cidr": "10.10.0.0/16",
    };
    expect(() => parseEnvironments(filesWith(changes))).toThrow(EnvironmentErrors);
    expect(() => parseEnvironments(filesWith(changes))).toThrow(UserError);
    expect(complaint(changes)).toMatchInlineSnapshot(`
      "environments/dev.ts has 2 problems:
        awsProvider                         "4.0.0" is not in the tried range from 5.100.0 to below 7.0.0. Choose a version in it.
        cluster.nodes.general.size.desired  8 is above max 6. Keep min <= desired <= max.
      environments/prod.ts has 1 problem:
        network.cidr  "10.10.0.0/16" overlaps dev's 10.10.0.0/16. Give each environment its own block, for example 10.20.0.0/16.
      Nothing was written."
    `);
  });

  test("a wrong form puts off the rules that would stumble over it, and says so; other files are still checked", () => {
    const changes = {
      "dev.network.cidr": "10.10.0.0",
      "dev.acount": "1",
      "prod.cluster.endpoint": {},
    };
    expect(complaint(changes)).toMatchInlineSnapshot(`
      "environments/dev.ts has 2 problems:
        network.cidr  "10.10.0.0" is not an IPv4 CIDR block with zero host bits, for example "10.10.0.0/16". Meaning: Address block of the VPC, /16 to /20, RFC 1918; can never be changed, only extended.
        acount        is not a setting. Did you mean "account"? Valid here: name, project, account, region, profile, owner, costCentre, repository, awsProvider, protection, state, network, cluster, addons, tenancy, charts, ci, waivers.
      environments/prod.ts has 1 problem:
        cluster.endpoint  lets nobody in. Name the blocks of operators and CI in publicFrom, or in privateFrom where they come by VPN, peering or a runner.
      Rules across fields and files are checked when these are corrected.
      Nothing was written."
    `);
  });

  test("a value that is hard to write down does not hide the rest", () => {
    expect(complaint({ "dev.owner": 10n, "dev.project": () => "x" })).toContain("environments/dev.ts has 2 problems:");
  });
});
