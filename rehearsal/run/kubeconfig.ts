/**
 * Entries of a kubeconfig for the cluster of a kept rehearsal. They carry all that kubectl and the AWS CLI need, so that the context works in
 * every shell, whatever real credentials are set there. Pure; other entries, comments and the current context stay as they are.
 */
import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import { UserError } from "../../environments/user-error.ts";

export interface RehearsedContext {
  /** Of context, cluster and user alike. */
  readonly name: string;
  readonly server: string;
  /** Base64 of the PEM. */
  readonly certificateAuthority: string;
  readonly cluster: string;
  readonly region: string;
  /** Role that a token is made for. */
  readonly role: string;
  /** What leads the AWS CLI to the rehearsal. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What a shell may have set that would lead the AWS CLI elsewhere, or that breaks plain HTTP (AWS_CA_BUNDLE). */
export const leadsElsewhere = [
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_SESSION_TOKEN",
  "AWS_CA_BUNDLE",
  "AWS_ENDPOINT_URL_EKS",
  "AWS_ENDPOINT_URL_STS",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_FIPS_ENDPOINT",
  "NO_PROXY",
  "no_proxy",
] as const;

type Section = "clusters" | "users" | "contexts";

/** The file's text with these entries, each in the place of one of the same name. `undefined`: there is no file yet. */
export function withContext(text: string | undefined, context: RehearsedContext): string {
  const document = read(text);
  for (const [section, entry] of Object.entries(entriesOf(context))) replace(document, section as Section, context.name, entry);
  return document.toString({ lineWidth: 0 });
}

/** The file's text without these entries; undefined where it has none, or one that was made for another server since. */
export function withoutContext(text: string, name: string, server: string): string | undefined {
  const document = read(text);
  if (document.getIn(["clusters", position(document, "clusters", name), "cluster", "server"]) !== server) return undefined;
  for (const section of ["clusters", "users", "contexts"] as const) {
    const at = position(document, section, name);
    if (at >= 0) document.deleteIn([section, at]);
  }
  if (document.get("current-context") === name) document.set("current-context", "");
  return document.toString({ lineWidth: 0 });
}

/** Whether the file has a context of this name. */
export function hasContext(text: string, name: string): boolean {
  return position(read(text), "contexts", name) >= 0;
}

function entriesOf(context: RehearsedContext): Record<Section, object> {
  const { name, server, certificateAuthority } = context;
  return {
    clusters: { name, cluster: { server, "certificate-authority-data": certificateAuthority } },
    users: { name, user: { exec: execOf(context) } },
    contexts: { name, context: { cluster: name, user: name } },
  };
}

/** `env -u`: kubectl can set variables for the command, but not take away those of the shell. */
function execOf({ cluster, region, role, variables }: RehearsedContext): object {
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "env",
    args: [
      ...leadsElsewhere.flatMap((variable) => ["-u", variable]),
      ...["aws", "eks", "get-token", "--cluster-name", cluster, "--region", region, "--role-arn", role, "--output", "json"],
    ],
    env: Object.entries(variables).map(([variable, value]) => ({ name: variable, value })),
    interactiveMode: "Never",
    installHint: "The AWS CLI makes the token: https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html",
  };
}

const empty = { apiVersion: "v1", kind: "Config", preferences: {}, clusters: [], users: [], contexts: [], "current-context": "" };

function read(text: string | undefined): Document {
  if (text === undefined || text.trim() === "") return new Document(empty);
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error || !isMap(document.contents)) throw new UserError(`The kubeconfig cannot be read: ${error?.message ?? "it is no map"}`);
  return document;
}

function replace(document: Document, section: Section, name: string, entry: object): void {
  if (!isSeq(document.get(section))) document.set(section, document.createNode([]));
  const at = position(document, section, name);
  const list = document.get(section) as YAMLSeq;
  // "[]" of an empty list would make the whole file one line.
  list.flow = false;
  if (at >= 0) list.set(at, document.createNode(entry));
  else list.add(document.createNode(entry));
}

/** -1 where there is none. */
function position(document: Document, section: Section, name: string): number {
  const list = document.get(section);
  return isSeq(list) ? list.items.findIndex((item) => isMap(item) && (item as YAMLMap).get("name") === name) : -1;
}
