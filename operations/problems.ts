/**
 * What Terraform's refusals mean for who asked: a stack that waits for another, a lock that somebody holds, credentials that are missing or of
 * another account. Pure. Wordings: Terraform 1.11 and OpenTofu 1.10 (S3 backend, remote state), hashicorp/aws 5.100 and 6.x, AWS SDK for Go 2.
 */
import type { Diagnostic } from "../rehearsal/terraform/messages.ts";

/** `waits`: for stacks that were never applied; nothing is wrong. */
export type Problem =
  | { readonly kind: "waits"; readonly for: readonly string[]; readonly because: string }
  | { readonly kind: "failed"; readonly because: string };

/** What is known of the stack that was refused. */
export interface Subject {
  readonly id: string;
  readonly environment: string;
  readonly account: string;
  /** Id of the stack that makes the bucket of its state. */
  readonly home: string;
  /** Ids of the stacks that it reads, by the name of the remote state. */
  readonly producers: Readonly<Record<string, string>>;
  /** Values that it reads of them: name of the remote state, by value. */
  readonly reads: Readonly<Record<string, readonly string[]>>;
  /** AWS_PROFILE, where it is set. */
  readonly profile: string | undefined;
}

/** The first meaning that is known; undefined where Terraform's own words are the best there are. */
export function problemOf(diagnostics: readonly Diagnostic[], subject: Subject): Problem | undefined {
  const texts = diagnostics.map(({ summary, detail }) => `${summary}\n${detail}`);
  const text = texts.join("\n");
  return (
    noCredentials(text, subject) ??
    wrongAccount(text, subject) ??
    locked(text, subject) ??
    noBucket(text, subject) ??
    upstream(diagnostics, subject)
  );
}

function noCredentials(text: string, { id, environment, account, profile }: Subject): Problem | undefined {
  const reason = credentialReasons.find(([wording]) => wording.test(text))?.[1];
  if (reason === undefined) return undefined;
  const used = profile === undefined ? "AWS_PROFILE is not set" : `AWS_PROFILE is "${profile}"`;
  const login = `aws sso login${profile === undefined ? ` --profile ${environment}, and AWS_PROFILE=${environment}` : ` --profile ${profile}`}`;
  return failed(`${reason}. ${id} is in account ${account}; ${used}. For example: ${login}`);
}

const credentialReasons: readonly (readonly [RegExp, string])[] = [
  [/failed to get shared config profile/, "There is no such AWS profile on this machine"],
  [/No valid credential sources found|no EC2 IMDS role found|NoCredentialProviders/, "There are no AWS credentials"],
  [
    /ExpiredToken|security token included in the request is expired|token has expired|InvalidGrantException|refresh cached SSO token/i,
    "The AWS credentials have expired",
  ],
  [/InvalidClientTokenId|SignatureDoesNotMatch|UnrecognizedClientException|InvalidAccessKeyId/, "AWS does not know these credentials"],
];

function wrongAccount(text: string, { id, account, profile }: Subject): Problem | undefined {
  const other = /AWS account ID not allowed: (\d{12})/.exec(text)?.[1];
  if (other === undefined) return undefined;
  const of = profile === undefined ? "The credentials" : `The credentials of the profile "${profile}"`;
  return failed(`${of} are of account ${other}; ${id} is in ${account}. Use a profile or role of that account`);
}

function locked(text: string, { id }: Subject): Problem | undefined {
  if (!text.includes("Error acquiring the state lock")) return undefined;
  const field = (name: string) => new RegExp(`^\\s*${name}:\\s+(\\S.*?)\\s*$`, "m").exec(text)?.[1];
  const [lock, who, since, operation] = [
    field("ID"),
    field("Who"),
    field("Created"),
    field("Operation")?.replace("OperationType", "").toLowerCase(),
  ];
  if (lock === undefined) return failed(`The state of ${id} is locked, and the lock does not say by whom. Wait, and try again`);
  return failed(
    `${who ?? "Somebody"} holds the lock of its state since ${since?.replace(/\.\d+ \+0000/, "") ?? "an unknown time"} (${operation ?? "unknown"}). Wait for it; ` +
      `if you are sure that nothing runs any more: terraform -chdir=.cache/work/${id} force-unlock ${lock}`,
  );
}

function noBucket(text: string, { id, home, environment }: Subject): Problem | undefined {
  if (!/S3 bucket "[^"]*" does not exist|NoSuchBucket|The specified bucket does not exist/.test(text)) return undefined;
  const because = `there is no bucket for its state yet: mainline bootstrap ${home.replace(/-state$/, "") || environment}`;
  return { kind: "waits", for: home === id ? [] : [home], because };
}

/** A producer that was never applied has no state; one that was destroyed, or is older than the contract, lacks the value. */
function upstream(diagnostics: readonly Diagnostic[], { producers, reads }: Subject): Problem | undefined {
  const states = new Set<string>();
  const others: Diagnostic[] = [];
  for (const diagnostic of diagnostics) {
    const { summary, detail, address } = diagnostic;
    const whole = summary === "Unable to find remote state" ? /terraform_remote_state\.([\w-]+)/.exec(address)?.[1] : undefined;
    const missing = summary === "Unsupported attribute" ? /does not have an attribute named "([^"]+)"/.exec(detail)?.[1] : undefined;
    const found = whole !== undefined ? [whole] : missing !== undefined ? (reads[missing] ?? []) : [];
    if (found.length === 0) others.push(diagnostic);
    for (const state of found) states.add(state);
  }
  // Anything else is a mistake of its own, which waiting would not mend.
  if (states.size === 0 || others.length > 0) return undefined;
  const ids = [...states].map((state) => producers[state] ?? state).sort();
  return { kind: "waits", for: ids, because: `waits for ${ids.join(" and ")}` };
}

function failed(because: string): Problem {
  return { kind: "failed", because };
}
