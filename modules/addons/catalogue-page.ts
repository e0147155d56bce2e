/** The page of one add-on as Markdown, from its row, for docs/addons/<id>.md. Pure: plain values in, text out. */
import { chartVersions } from "../../environments/chart-versions.ts";
import type { Setting } from "../../environments/reference.ts";
import type { Addon } from "./addon.ts";
import { partText } from "./aws-parts.ts";
import { ruleOf } from "./namespaces.ts";
import type { PlannedAddon } from "./plan.ts";
import { quotaText } from "./quota.ts";
import type { Workload } from "./workload.ts";

export interface PageFacts {
  readonly row: Omit<Addon, "identities" | "aws" | "values" | "resources" | "workloads" | "quotas" | "alerts">;
  /** As planned in both profiles, with the largest example. */
  readonly development: PlannedAddon;
  readonly production: PlannedAddon;
  readonly options: readonly Setting[];
  /** Inputs that are valid. */
  readonly examples: readonly unknown[];
}

export function cataloguePage(facts: PageFacts): string {
  const { row, examples, development } = facts;
  const { docs } = row;
  return [
    `# ${row.id}`,
    "<!-- written by `npm run golden`, from modules/addons/catalogue/ -->",
    `${row.purpose}.`,
    versions(facts),
    order(row),
    section(
      "Options",
      `${fence("ts", `addons: { ${JSON.stringify(row.id)}: ${JSON.stringify(examples.at(-1))} }`)}\n\n${options(facts.options)}`,
    ),
    section("What we set, and why", bullets(Object.entries(row.choices).map(([path, reason]) => `\`${path}\`: ${reason}`))),
    section("What runs", workloads(facts)),
    section("IAM", rights(development)),
    section("AWS resources", bullets(development.aws.map(partText))),
    section("Objects", bullets(development.resources.map(({ kind, metadata }) => `${kind} \`${metadata.name}\``))),
    section("Alerts", bullets(development.alerts.map(({ name, severity, summary }) => `${name} (${severity}): ${summary}`))),
    section("Is it working?", fence("sh", docs.verify.join("\n"))),
    section("Upgrade", docs.upgrade),
    section("Remove", docs.remove),
  ]
    .filter(Boolean)
    .join("\n\n")
    .concat("\n");
}

function versions({ row, development }: PageFacts): string {
  const { chart, namespace, kubernetes, definitions, wait, timeout, takesOver } = row;
  const { podSecurity, because } = { because: undefined, ...ruleOf(namespace) };
  const range = [kubernetes?.from && `from ${kubernetes.from}`, kubernetes?.to && `up to ${kubernetes.to}`].filter(Boolean).join(" ");
  const own = definitions?.kind === "vendored" ? `charts/${definitions.folder}` : definitions && `chart ${definitions.chart}`;
  return table(
    ["", ""],
    [
      ["Chart", chart ? `${chart} ${chartVersions[chart].version}, ${chartVersions[chart].repository}` : "none: objects only"],
      ["Namespace", `${namespace}, pods \`${podSecurity}\`${because ? ` (${because})` : ""}`],
      ["Quota", development.quotas.map((quota) => `${quota.namespace}: ${quotaText(quota)}`).join("; ") || "exempt"],
      ["Kubernetes", range || "any"],
      ["Definitions (CRDs)", own ? `${own}, a release of its own` : "in the chart, or none"],
      ["Apply waits until it is ready", wait ? `yes, ${timeout ?? 300} s at most` : "no"],
      ...(takesOver ? [["Takes over objects that no release owns", takesOver]] : []),
    ],
  );
}

function order({ needs = [], after = [], conflicts = [] }: PageFacts["row"]): string {
  return bullets([
    ...needs.map(({ id, because }) => `Needs [${id}](${id}.md): ${because}`),
    ...after.map((id) => `After [${id}](${id}.md), where that is chosen`),
    ...conflicts.map(({ id, because }) => `Not together with [${id}](${id}.md): ${because}`),
  ]);
}

function options(settings: readonly Setting[]): string {
  return table(
    ["Option", "Valid", "Default", "Meaning"],
    settings.map(({ path, form, fallback, required, description }) => [
      `\`${path}\``,
      form,
      required ? "required" : fallback === undefined ? "" : `\`${JSON.stringify(fallback)}\``,
      description,
    ]),
  );
}

function workloads({ development, production }: PageFacts): string {
  const names = [...new Set([...production.workloads, ...development.workloads].map(({ name }) => name))];
  const of = ({ workloads: all }: PlannedAddon, name: string) => workloadText(all.find((workload) => workload.name === name));
  if (names.length === 0) return "";
  return table(
    ["Workload", "development", "production"],
    names.map((name) => [name, of(development, name), of(production, name)]),
  );
}

function workloadText(workload: Workload | undefined): string {
  if (!workload) return "none";
  const { kind, replicas, milliCpu, memoryMiB, maxUnavailable, priority } = workload;
  const parts = [
    kind === "DaemonSet" ? "one per node" : `${replicas ?? 1} × ${kind}`,
    `${milliCpu}m, ${memoryMiB} MiB`,
    maxUnavailable !== undefined && `at most ${maxUnavailable} away`,
    priority,
  ];
  return parts.filter(Boolean).join("; ");
}

function rights({ identities }: PlannedAddon): string {
  return identities
    .map(({ serviceAccount, namespace, statements }) => {
      const lines = statements.map(({ why, actions }) => `${why}: ${actions.map((action) => `\`${action}\``).join(", ")}`);
      return `Role of \`${namespace}/${serviceAccount}\`:\n\n${bullets(lines)}`;
    })
    .join("\n\n");
}

function section(title: string, text: string): string {
  return text && `## ${title}\n\n${text}`;
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `* ${line}`).join("\n");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows.map((row) => row.map((cell) => cell.replaceAll("|", "\\|")))];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
