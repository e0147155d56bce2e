/** The reference of all settings as Markdown, from the schema itself, for docs/environments.md. Pure: text in, text out. */
import { type profiles, withProfile } from "./profiles.ts";
import { environmentFields, type Field, words } from "./schema/fields.ts";

/** One setting of an environment file. */
export interface Setting {
  /** For example network.peerings.<name>.cidr or waivers[].until. */
  readonly path: string;
  readonly form: string;
  readonly description: string;
  readonly required: boolean;
  /** Default of the schema; undefined where there is none. */
  readonly fallback: unknown;
}

/** Every setting, sections before what is in them, in the order of the schema. */
export function settings(): Setting[] {
  return below("", environmentFields());
}

function below(prefix: string, field: Field): Setting[] {
  const named = Object.entries(field.properties ?? {}).map(([name, child]) => {
    return { path: prefix ? `${prefix}.${name}` : name, child, required: field.required?.includes(name) ?? false };
  });
  return named.flatMap(({ path, child, required }) => [
    { path, form: formText(child), description: child.description ?? "", required, fallback: child.default },
    ...inside(path, child),
  ]);
}

/** What is valid, and for lists and records of single values what each of them is. */
function formText(field: Field): string {
  const entry = field.additionalProperties || field.items;
  return entry && !entry.properties ? `${words(field)}; each: ${words(entry)}` : words(field);
}

/** What is in a section, in a record's values, in a list's entries. */
function inside(path: string, field: Field): Setting[] {
  if (field.properties) return below(path, field);
  const entry = field.additionalProperties || field.items;
  if (!entry) return [];
  const entryPath = field.items ? `${path}[]` : `${path}.<name>`;
  return inside(entryPath, entry);
}

const begin = "<!-- settings: written by `npm run golden`, from environments/schema.ts -->";
const end = "<!-- /settings -->";

/** The page with its reference brought up to date. Throws where the page has lost its markers. */
export function withReference(page: string): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`The page needs the lines "${begin}" and "${end}"; put them back.`);
  return `${before}${begin}\n\n${reference()}\n\n${end}${after}`;
}

/** Self-managed groups have the settings of managed ones; to show them twice would only make the page longer. */
const shownElsewhere = "cluster.selfManagedNodes.<name>.";

/** A table per section of an environment file. */
function reference(): string {
  const all = settings().filter(({ path }) => !path.startsWith(shownElsewhere));
  const sections = new Map<string, Setting[]>();
  for (const setting of all) {
    const section =
      ["network", "cluster", "tenancy", "ci"].find((name) => setting.path === name || setting.path.startsWith(`${name}.`)) ?? "Environment";
    sections.set(section, [...(sections.get(section) ?? []), setting]);
  }
  return [...sections].map(([section, rows]) => `### ${section}\n\n${table(rows)}`).join("\n\n");
}

function table(rows: readonly Setting[]): string {
  const head = ["Setting", "Valid", "Default", "Meaning"];
  const lines = [head, head.map(() => "---"), ...rows.map(cells)];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function cells({ path, form, description, required, fallback }: Setting): string[] {
  return [`\`${path}\``, form, required ? "required" : defaultText(path, fallback), description].map((cell) => cell.replaceAll("|", "\\|"));
}

/** One value where both profiles agree, else both. A section's default is that of its fields. */
function defaultText(path: string, fallback: unknown): string {
  const [development, production] = (["development", "production"] as const).map((profile) =>
    valueText(profileValue(profile, path) ?? fallback),
  );
  return development === production ? (development ?? "") : `development ${development}; production ${production}`;
}

function profileValue(profile: keyof typeof profiles, path: string): unknown {
  const defaults = withProfile({ profile, network: {}, cluster: {}, tenancy: {} });
  const value = path.split(".").reduce<unknown>((section, name) => (section as Record<string, unknown> | undefined)?.[name], defaults);
  return isSection(value) ? undefined : value;
}

function isSection(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function valueText(value: unknown): string {
  if (value === undefined || isSection(value)) return "";
  if (Array.isArray(value) && value.length > 3) return `all ${value.length} common ones`;
  return `\`${JSON.stringify(value)}\``;
}
