/**
 * The whole catalogue with the real charts, the real Helm and Kubernetes providers and a real API server: installed, planned again, held
 * against itself, one add-on taken out, values broken and mended, destroyed, installed once more. For whoever has charts: a folder with <chart>-<version>.tgz of every
 * line of environments/chart-versions.ts.
 *   MAINLINE_CHARTS=<folder> npm run test:live -- addons.test
 */
import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { Plan } from "../../rehearsal/terraform/commands.ts";
import type { Catalogue } from "./addons-catalogue.ts";
import type { KubeObject } from "./addons-references.ts";
import { shared } from "./kubernetes-setup.ts";

const charts = process.env.MAINLINE_CHARTS ?? "";
const missing = !existsSync(shared) ? "../shared/kube is missing" : charts === "" ? "MAINLINE_CHARTS names no folder of charts" : "";
/** Milliseconds; a slow machine is no failure. */
const patience = 2_400_000;

const isAccount = (account: string) => (object: KubeObject) =>
  object.kind === "ServiceAccount" && `${object.metadata.namespace}/${object.metadata.name}` === account;

/** Addresses that a plan does something with. */
const addresses = ({ changes }: Plan, action: string) =>
  changes.flatMap((change) => (change.action === action ? [change.address] : [])).sort();

(missing ? describe.skip : describe)(`the whole catalogue${missing && ` (skipped: ${missing})`}`, () => {
  let installed: Catalogue;
  let everything: Readonly<Record<string, object | undefined>>;

  beforeAll(async () => {
    const catalogue = await import("./addons-catalogue.ts");
    everything = catalogue.everything;
    installed = await catalogue.installCatalogue(charts);
  }, patience);
  afterAll(async () => installed?.stop(), patience);

  test("is installed: nothing is pending, and the second plans are empty", async () => {
    const { findings } = await import("../../rehearsal/report.ts");
    const { result } = installed;
    expect({ failure: result.failure, findings: findings(result) }).toEqual({ failure: undefined, findings: [] });
    expect(result.stacks.map(({ stack, outcome }) => [stack, outcome])).toContainEqual(["full-addons", "applied"]);
  });

  test(
    "every release is deployed, every pod runs",
    async () => {
      const rows = async (...args: readonly string[]) => (await installed.kubectl("get", "--all-namespaces", ...args)).trim().split("\n");
      const states = await rows(
        "secrets",
        "-l",
        "owner=helm",
        "-o",
        "jsonpath={range .items[*]}{.metadata.labels.name} {.metadata.labels.status}{'\\n'}{end}",
      );
      expect(states.sort()).toEqual((await installed.releases()).map((name) => `${name} deployed`).sort());
      const phases = await rows("pods", "-o", "jsonpath={range .items[*]}{.status.phase}{'\\n'}{end}");
      // Jobs of hooks have succeeded.
      expect([...new Set(phases)].filter((phase) => phase !== "Succeeded")).toEqual(["Running"]);
    },
    patience,
  );

  test(
    "what an object says of another is there: secrets, accounts, ports; no budget holds up a drain",
    async () => {
      const { blindMonitors, blockedDrains, deadIngresses, missingReferences } = await import("./addons-references.ts");
      const objects = await installed.objects();
      expect({
        missing: missingReferences(objects),
        blind: blindMonitors(objects),
        dead: deadIngresses(objects),
        blocked: blockedDrains(objects),
        withoutAccount: (await installed.identities()).filter((account) => !objects.some(isAccount(account))),
      }).toEqual({ missing: [], blind: [], dead: [], blocked: [], withoutAccount: [] });
    },
    patience,
  );

  test(
    "one that is taken out is destroyed, and no other touched",
    async () => {
      const { reloader: _, ...rest } = everything;
      const plan = await installed.planWith(rest);
      expect(addresses(plan, "delete")).toEqual([
        "helm_release.addons_reloader_release",
        "helm_release.addons_reloader_resources",
        "kubernetes_namespace_v1.addons_namespaces_reloader",
      ]);
      expect(plan.changes.filter(({ action }) => action !== "delete")).toEqual([]);
    },
    patience,
  );

  test(
    "broken values fail the apply, and mended ones heal it",
    async () => {
      await installed.override({
        // Waits, and is rolled back, since its pod finds no node.
        "addons_metrics-server_release": { timeout: 20, values: ["nodeSelector: { no: such }\nreplicas: 1\n"] },
        // Does not wait, and is refused by the API server.
        addons_reloader_release: { values: ["reloader: { deployment: { resources: { limits: { memory: lots } } } }\n"] },
      });
      try {
        await expect(installed.apply()).rejects.toThrow(/metrics-server[\s\S]*reloader|reloader[\s\S]*metrics-server/);
      } finally {
        await installed.override({});
      }
      // hashicorp/helm 3.1 upgrades the one that does not wait, and calls its own result inconsistent (docs/addons/README.md, "Repair").
      await installed.apply().catch((error: Error) => {
        expect(error.message).toMatch(/inconsistent result/);
        return installed.apply();
      });
      expect(await installed.plan()).toMatchObject({ changes: [] });
      const rollout = ["rollout", "status", "deployment/metrics-server", "--namespace=kube-system", "--timeout=60s"];
      expect(await installed.kubectl(...rollout)).toContain("successfully");
    },
    patience,
  );

  test(
    "is destroyed with its namespaces, and installed once more over what its charts leave behind",
    async () => {
      const left = async () => (await installed.kubectl("get", "namespaces", "-o", "name")).split("\n").sort();
      const eks = ["default", "kube-node-lease", "kube-public", "kube-system"].map((name) => `namespace/${name}`);
      await installed.destroy();
      expect(await left()).toEqual(eks);
      await installed.apply();
      await installed.destroy();
      expect(await left()).toEqual(eks);
    },
    patience,
  );
});
