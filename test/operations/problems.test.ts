/** What Terraform's refusals mean; its words are recorded from Terraform 1.11.4. */
import { describe, expect, test } from "@jest/globals";
import { problemOf, type Subject } from "../../operations/problems.ts";
import type { Diagnostic } from "../../rehearsal/terraform/messages.ts";

const subject: Subject = {
  ...{ id: "dev-cluster", environment: "dev", account: "111122223333", home: "dev-state", profile: undefined },
  producers: { network: "dev-network", edge: "dev-edge" },
  reads: { vpcId: ["network"], zoneId: ["edge"] },
};
const diagnostic = (summary: string, detail = "", address = ""): Diagnostic => ({ severity: "error", summary, detail, address });

const lock = `Error message: operation error S3: PutObject, https response error StatusCode: 412, RequestID: KM, HostID: 9G=, api error PreconditionFailed: At least one of the pre-conditions you specified did not hold
Lock Info:
  ID:        14c0ce5c-fa59-c28d-c0a5-b67d7afd11dc
  Path:      mainline-dev-tfstate-111122223333-ap-northeast-2/dev/network.tfstate
  Operation: OperationTypeApply
  Who:       kim@laptop
  Version:   1.11.4
  Created:   2026-11-21 14:25:01.345678835 +0000 UTC
  Info:      

Terraform acquires a state lock to protect the state from being written
by multiple users at the same time.`;
const noState = diagnostic(
  "Unable to find remote state",
  "No stored state was found for the given workspace in the given backend.",
  "data.terraform_remote_state.network",
);
const noValue = (name: string) =>
  diagnostic("Unsupported attribute", `This object does not have an attribute named "${name}".`, "aws_eks_cluster.main");
const noBucket = diagnostic(
  'Failed to get existing workspaces: S3 bucket "mainline-dev-tfstate-111122223333-ap-northeast-2" does not exist.\n\nThe referenced S3 bucket must have been previously created.',
);

describe("a stack that waits", () => {
  test.each<[string, Diagnostic[], string[], string]>([
    ["for a stack that was never applied", [noState], ["dev-network"], "waits for dev-network"],
    ["for a value that an older or empty state lacks", [noValue("zoneId"), noValue("zoneId")], ["dev-edge"], "waits for dev-edge"],
    ["for two of them", [noState, noValue("zoneId")], ["dev-edge", "dev-network"], "waits for dev-edge and dev-network"],
    ["for the bucket", [noBucket], ["dev-state"], "there is no bucket for its state yet: mainline bootstrap dev"],
  ])("%s", (_, diagnostics, ids, because) => expect(problemOf(diagnostics, subject)).toEqual({ kind: "waits", for: ids, because }));

  test("the stack that makes the bucket waits for nothing else than bootstrap", () =>
    expect(problemOf([noBucket], { ...subject, id: "dev-state" })).toMatchObject({ kind: "waits", for: [] }));
});

describe("a stack that cannot be planned", () => {
  test.each<[string, Diagnostic, RegExp]>([
    [
      "a lock",
      diagnostic("Error acquiring the state lock", lock),
      /^kim@laptop holds the lock of its state since 2026-11-21 14:25:01 UTC \(apply\)\. .*terraform -chdir=\.cache\/work\/[a-z-]+ force-unlock 14c0ce5c-fa59-c28d-c0a5-b67d7afd11dc$/,
    ],
    ["a lock without a holder", diagnostic("Error acquiring the state lock", "timeout"), /does not say by whom/],
    [
      "no credentials",
      diagnostic("No valid credential sources found", "failed to refresh cached credentials, no EC2 IMDS role found"),
      /^There are no AWS credentials\. dev-cluster is in account 111122223333; AWS_PROFILE is not set/,
    ],
    [
      "expired credentials",
      diagnostic("Retrieving AWS account details", "ExpiredToken: The security token included in the request is expired"),
      /^The AWS credentials have expired/,
    ],
    ["an SSO session that is over", diagnostic("No valid credential", "failed to refresh cached SSO token"), /have expired/],
    [
      "keys of nobody",
      diagnostic("x", "api error InvalidClientTokenId: The security token included in the request is invalid."),
      /^AWS does not know these credentials/,
    ],
    ["an unknown profile", diagnostic("failed to get shared config profile, nope"), /^There is no such AWS profile on this machine/],
    [
      "another account",
      diagnostic("Invalid account ID", "AWS account ID not allowed: 999922223333"),
      /^The credentials are of account 999922223333; dev-cluster is in 111122223333/,
    ],
  ])("%s", (_, found, because) => expect(problemOf([found], subject)).toEqual({ kind: "failed", because: expect.stringMatching(because) }));

  test("the profile in use is named", () =>
    expect(problemOf([diagnostic("No valid credential sources found")], { ...subject, profile: "dev-admin" })?.because).toMatch(
      /AWS_PROFILE is "dev-admin"\. For example: aws sso login --profile dev-admin/,
    ));
});

test.each<[string, Diagnostic[]]>([
  ["a mistake in the code", [noValue("nonsense")]],
  ["a mistake beside a missing state: waiting would not mend it", [noState, diagnostic("Invalid value")]],
  ["nothing", []],
])("Terraform's own words are best for %s", (_, diagnostics) => expect(problemOf(diagnostics, subject)).toBeUndefined());
