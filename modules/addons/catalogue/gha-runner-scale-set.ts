/** A set of runners of GitHub Actions: one pod per job, gone after it. */
import type { AddonOptions } from "../../../environments/schema/addons.ts";
import { allow } from "../../iam/policy.ts";
import { addon } from "../addon.ts";
import type { Context } from "../context.ts";
import { type SecretOption, secretName, secretResources } from "../secret-option.ts";
import { resourcesOf, undisturbed } from "../workload.ts";

type Options = AddonOptions<"gha-runner-scale-set">;

function setName({ environment, options }: Pick<Context<"gha-runner-scale-set">, "environment" | "options">): string {
  return options.name ?? `${environment.project}-${environment.name}`;
}

/** The account that the chart makes for runners: it has no rights in the cluster. */
function accountOf(name: string): string {
  return `${name}-gha-rs-no-permission`;
}

function secretOf({ secret }: Options): SecretOption {
  const keys = ["github_app_id", "github_app_installation_id", "github_app_private_key"];
  return {
    option: "addons.gha-runner-scale-set.secret",
    given: secret,
    made: "github-app",
    keys: Object.fromEntries(keys.map((key) => [key, key])),
  };
}

const locked = { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } };
const unprivileged = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } };

export const ghaRunnerScaleSet = addon({
  id: "gha-runner-scale-set",
  purpose: "Runs jobs of GitHub Actions in this cluster, each in a pod of its own that is gone after it",
  chart: "gha-runner-scale-set",
  namespace: "github-runners",
  needs: [{ id: "gha-runner-scale-set-controller", because: "it makes the pods" }],
  after: ["external-secrets"],
  wait: false,
  identities: (context) => {
    const { roles } = context.options;
    if (roles.length === 0) return [];
    const serviceAccount = accountOf(setName(context));
    return [{ serviceAccount, statements: [allow("what jobs do in AWS", ["sts:AssumeRole", "sts:TagSession"], roles)] }];
  },
  quotas: ({ options: { max, milliCpu, memoryMiB } }) => [{ pods: max, milliCpu: max * milliCpu, memoryMiB: max * memoryMiB }],
  values: (context) => {
    const { environment, options, has } = context;
    const name = setName(context);
    const runner = { name: "runner", kind: "Deployment", nodes: "any", milliCpu: options.milliCpu, memoryMiB: options.memoryMiB } as const;
    return {
      githubConfigUrl: options.url ?? `https://github.com/${environment.repository}`,
      githubConfigSecret: secretName(secretOf(options), has("external-secrets")),
      runnerScaleSetName: name,
      minRunners: options.min,
      maxRunners: options.max,
      // The chart looks for it in the cluster otherwise, which finds nothing while it is planned.
      controllerServiceAccount: { namespace: "github-runner-controller", name: "gha-runner-scale-set-controller" },
      listenerTemplate: {
        spec: {
          securityContext: unprivileged,
          containers: [
            {
              name: "listener",
              resources: resourcesOf({ ...runner, milliCpu: 20, memoryMiB: 64, memoryLimitMiB: 128 }),
              securityContext: { ...locked, readOnlyRootFilesystem: true },
            },
          ],
        },
      },
      template: {
        metadata: { annotations: undisturbed },
        spec: {
          automountServiceAccountToken: false,
          securityContext: { ...unprivileged, runAsUser: 1001, fsGroup: 1001 },
          containers: [
            {
              name: "runner",
              image: options.image,
              command: ["/home/runner/run.sh"],
              resources: resourcesOf(runner),
              securityContext: locked,
            },
          ],
        },
      },
    };
  },
  resources: (context) => secretResources([secretOf(context.options)], context),
  // Its keys stand in values.yaml as comments, so that there is nothing to hold ours against.
  freeValues: [""],
  choices: {
    "template.spec.containers[0].image": "one version; the chart's default is `latest`",
    "template.metadata": "no autoscaler ends a job to save its node; one that waits for jobs (`min`) keeps its node, too",
    "template.spec": "no root, no token of the cluster's API, no Docker: images are built by what needs no daemon",
    controllerServiceAccount: "named: found in the cluster it would differ between plan and apply",
    githubConfigSecret: "a GitHub App's secret by name; a personal token would be somebody's",
  },
  docs: {
    verify: [
      "kubectl -n github-runners get autoscalingrunnersets",
      "kubectl -n github-runner-controller get pods -l actions.github.com/scale-set-namespace=github-runners  # the listener",
    ],
    upgrade: "Change its line and that of gha-runner-scale-set-controller in environments/chart-versions.ts together.",
    remove:
      "Take it out of `addons` and apply while the controller is still there: it ends jobs and removes the finalizers of role, account and set, without which the namespace stays.",
  },
});
