/** What mainline needs on this machine: each with what it is for, how it is looked for, and how to get it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { findPython } from "../../rehearsal/emulator/interpreter.ts";
import { findBinaries } from "../../rehearsal/kubernetes/binaries.ts";
import { findTerraform } from "../../rehearsal/terraform/binary.ts";
import { providerSource } from "../../rehearsal/terraform/cli-config.ts";

export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `.cache` of the working tree. */
  readonly cache: string;
  /** Version of Node that runs this, without "v". */
  readonly node: string;
  /** Folder for a CLI configuration that is thrown away. */
  readonly scratch: string;
}

export interface Check {
  readonly name: string;
  /** Without it, the main commands do not work. */
  readonly required: boolean;
  readonly purpose: string;
  readonly install: string;
  /** What was found; rejects or is undefined where it is missing. */
  readonly look: (machine: Machine) => Promise<string | undefined>;
}

const checks: readonly Check[] = [
  {
    name: "Node.js",
    required: true,
    purpose: "runs mainline",
    install: "Node.js 20.9 or newer: https://nodejs.org/en/download",
    // With an older one, cli/mainline.js says so and ends.
    look: async ({ node }) => node,
  },
  {
    name: "Terraform",
    required: true,
    purpose: "applies stacks, in a rehearsal and for real",
    install:
      "Terraform 1.10 or newer (https://developer.hashicorp.com/terraform/install) or OpenTofu 1.10 or newer (https://opentofu.org/docs/intro/install)",
    look: async ({ env }) => {
      const { product, version, path } = await findTerraform({ wanted: env.TERRAFORM_BINARY_NAME, path: env.PATH ?? "" });
      return `${product} ${version}, ${path}`;
    },
  },
  {
    name: "providers",
    required: true,
    purpose: "what Terraform talks to AWS with",
    install: "reach registry.terraform.io, or set TF_PLUGIN_MIRROR to a folder that `terraform providers mirror` filled",
    look: async ({ env, cache, scratch }) => {
      const terraform = await findTerraform({ wanted: env.TERRAFORM_BINARY_NAME, path: env.PATH ?? "" });
      const { description } = await providerSource(terraform, { user: env, cache, folder: scratch });
      const onlyRegistry = description === `from ${terraform.registry}`;
      if (onlyRegistry && !(await isReachable(terraform.registry, cache, env))) return undefined;
      return description;
    },
  },
  {
    name: "Python",
    required: true,
    purpose: "runs the emulated AWS (moto) of a rehearsal",
    install: "Python 3.11 or newer with its venv module: https://www.python.org/downloads/ (Debian, Ubuntu: apt install python3-venv)",
    look: async ({ env }) => {
      const { command } = await findPython(env);
      return said(env, command, ["-c", "import ensurepip, platform, venv; print(platform.python_version())"]);
    },
  },
  {
    name: "Git",
    required: false,
    purpose: "compares with another branch: affected, plan --affected, rehearse --from",
    install: "https://git-scm.com/downloads",
    look: async ({ env }) => said(env, "git", ["--version"]),
  },
  {
    name: "AWS CLI",
    required: false,
    purpose: "kubectl's and Helm's way to authenticate at EKS; mainline kubeconfig",
    install: "https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
    look: async ({ env }) => said(env, "aws", ["--version"]),
  },
  {
    name: "kubectl",
    required: false,
    purpose: "looking into a cluster, rehearsed or real",
    install: "https://kubernetes.io/docs/tasks/tools/",
    look: async ({ env }) => (await said(env, "kubectl", ["version", "--client", "-o", "json"]))?.match(/"gitVersion": "v([^"]+)"/)?.[1],
  },
  {
    name: "Kubernetes API",
    required: false,
    purpose: "a real API server behind a rehearsed cluster (kwok); without it a rehearsal goes on and says so",
    install: "kwokctl: https://kwok.sigs.k8s.io/docs/user/installation/",
    look: async ({ env }) => {
      const found = await findBinaries(env);
      // Its message says how to get it, and what is wrong with what is there.
      if (found.kind === "not-available") throw new Error(found.message);
      return [found.engine, found.kubernetesVersion && `Kubernetes ${found.kubernetesVersion}`].filter(Boolean).join(", ");
    },
  },
];

/** Whether the registry answers, or a run before has kept its packages. Behind a proxy only Terraform itself can tell. */
async function isReachable(registry: string, cache: string, env: Machine["env"]): Promise<boolean> {
  if (env.HTTPS_PROXY || env.https_proxy || existsSync(join(cache, "plugins", registry))) return true;
  const answer = fetch(`https://${registry}/.well-known/terraform.json`, { signal: AbortSignal.timeout(5_000) });
  return answer.then(
    ({ ok }) => ok,
    () => false,
  );
}

/** First line that a command prints; undefined where it is not there or fails. */
async function said(env: Machine["env"], command: string, args: readonly string[]): Promise<string | undefined> {
  const { failed, stdout } = await execa(command, args, { env, extendEnv: false, reject: false });
  if (failed) return undefined;
  return args.includes("json") ? stdout : stdout.split("\n")[0];
}

export interface Finding extends Pick<Check, "name" | "required" | "purpose" | "install"> {
  /** Absent: missing. */
  readonly found?: string;
  /** Why, where the look itself knows more. */
  readonly problem?: string;
}

/** Looks for everything at once. Never rejects. */
export async function examine(machine: Machine): Promise<Finding[]> {
  return Promise.all(
    checks.map(async ({ look, name, required, purpose, install }) => {
      const about = { name, required, purpose, install };
      try {
        return { ...about, found: await look(machine) };
      } catch (error) {
        return { ...about, problem: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}
