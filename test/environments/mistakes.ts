/** Valid environment files to break, and what is said about a broken one. */

import { parseEnvironments } from "../../environments/parse.ts";
import { EnvironmentErrors } from "../../environments/problem.ts";

const account = "111122223333";
const otherAccount = "444455556666";

const common = { owner: "platform@example.com", costCentre: "platform", repository: "example/mainline" };

function cluster(id: string) {
  return {
    endpoint: { publicFrom: ["203.0.113.0/24"] },
    access: {
      devops: { role: `arn:aws:iam::${id}:role/devops`, policy: "cluster-admin" },
      developer: { role: `arn:aws:iam::${id}:role/developer`, policy: "view", namespaces: ["apps"] },
    },
    nodes: { general: { instances: ["m7i.large"], size: { min: 2, desired: 3, max: 6 } } },
  };
}

/** Two environments without a mistake: dev (development) and prod (production, with pods of their own). */
function validFiles() {
  return {
    "environments/dev.ts": {
      ...common,
      name: "dev",
      account,
      profile: "development",
      network: { cidr: "10.10.0.0/16", zones: ["apne2-az1", "apne2-az2", "apne2-az3"] },
      cluster: cluster(account),
    },
    "environments/prod.ts": {
      ...common,
      name: "prod",
      account: otherAccount,
      profile: "production",
      protection: { deletionRole: `arn:aws:iam::${otherAccount}:role/platform-owner` },
      network: { cidr: "10.30.0.0/16", zones: ["apne2-az1", "apne2-az2", "apne2-az3"], pods: { cidr: "100.65.0.0/16" } },
      cluster: cluster(otherAccount),
    },
  };
}

/** Values by path, for example { "dev.network.cidr": "10.0.0.0/8" }; undefined takes a key away. */
export type Changes = Readonly<Record<string, unknown>>;

/** The valid files with some values replaced. A path begins with the environment. */
export function filesWith(changes: Changes): Record<string, unknown> {
  const files: Record<string, unknown> = validFiles();
  for (const [path, value] of Object.entries(changes)) {
    const [environment, ...segments] = path.split(".");
    setAt(files, [`environments/${environment}.ts`, ...segments], value);
  }
  return files;
}

function setAt(target: Record<string, unknown>, [first = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete target[first];
    else target[first] = value;
    return;
  }
  target[first] ??= {};
  setAt(target[first] as Record<string, unknown>, rest, value);
}

/** The message that these changes lead to; empty where the files are valid. */
export function complaint(changes: Changes): string {
  try {
    parseEnvironments(filesWith(changes));
    return "";
  } catch (error) {
    if (error instanceof EnvironmentErrors) return error.message;
    throw error;
  }
}

/** A complaint that is about one thing, without heading and end: "<path>  <sentence>" per line. */
export function said(changes: Changes): string {
  return complaint(changes)
    .split("\n")
    .filter((line) => line.startsWith("  "))
    .map((line) => line.trim().replace(/ {2,}/, "  "))
    .join("\n");
}
