import { expect, test } from "@jest/globals";
import { describe, parseMessage, providerMissing } from "../../../rehearsal/terraform/messages.ts";

const resource = { addr: "aws_vpc.main" };

test.each([
  [
    "a planned change",
    { type: "planned_change", change: { resource, action: "create" } },
    { kind: "planned", address: "aws_vpc.main", action: "create" },
  ],
  [
    "a start",
    { type: "apply_start", hook: { resource, action: "create" } },
    { kind: "started", address: "aws_vpc.main", action: "create" },
  ],
  [
    "an end",
    { type: "apply_complete", hook: { resource, action: "delete" } },
    { kind: "finished", address: "aws_vpc.main", action: "delete" },
  ],
  [
    "an error of one resource",
    { type: "apply_errored", hook: { resource, action: "create" } },
    { kind: "failed", address: "aws_vpc.main", action: "create" },
  ],
  [
    "the plan's sum",
    { type: "change_summary", changes: { add: 2, change: 1, remove: 3, operation: "plan" } },
    { kind: "total", changes: 6 },
  ],
  ["the apply's sum", { type: "change_summary", changes: { add: 2, change: 0, remove: 0, operation: "apply" } }, undefined],
  [
    "a diagnostic without resource",
    { type: "diagnostic", diagnostic: { severity: "error", summary: "Bad", detail: "Very bad" } },
    { kind: "diagnostic", diagnostic: { severity: "error", summary: "Bad", detail: "Very bad", address: "" } },
  ],
  ["a refresh", { type: "refresh_start", hook: { resource } }, undefined],
])("%s", (_, line, expected) => expect(parseMessage(JSON.stringify(line))).toEqual(expected));

test.each([
  ["a panic", "panic: runtime error", { kind: "log", text: "panic: runtime error" }],
  ["a state, which is JSON but no message", '{"version":4,"resources":[]}', { kind: "log", text: '{"version":4,"resources":[]}' }],
  ["an empty line", "  ", undefined],
])("output that is no message: %s", (_, line, expected) => expect(parseMessage(line)).toEqual(expected));

test("a diagnostic names its resource first and loses empty lines", () => {
  const diagnostic = { severity: "error" as const, address: "aws_vpc.main", summary: "creating VPC", detail: "limit\n\n  reached\n" };
  expect(describe(diagnostic)).toBe("aws_vpc.main: creating VPC\n  limit\n  reached");
});

const says = (summary: string, detail: string) => [{ severity: "error" as const, address: "", summary, detail }];

test.each([
  [
    "Terraform without registry",
    says(
      "Failed to query available provider packages",
      "Could not retrieve the list of available versions for provider hashicorp/helm: could not connect to registry.terraform.io: Failed to request discovery document: dial tcp: lookup registry.terraform.io: no such host",
    ),
    "provider hashicorp/helm is not to be had here (registry unreachable, no mirror)",
  ],
  [
    "OpenTofu without registry",
    says(
      "Failed to resolve provider packages",
      "Could not resolve provider hashicorp/helm: could not connect to registry.opentofu.org: failed to request discovery document",
    ),
    "provider hashicorp/helm is not to be had here (registry unreachable, no mirror)",
  ],
  [
    "a misspelt provider is a mistake, not an absence",
    says(
      "Failed to query available provider packages",
      "Could not retrieve the list of available versions for provider hashicorp/helmm: provider registry registry.terraform.io does not have a provider named registry.terraform.io/hashicorp/helmm",
    ),
    undefined,
  ],
  ["AWS out of reach", says("creating VPC", "dial tcp 127.0.0.1:1: connection refused"), undefined],
])("a provider that is not to be had: %s", (_, diagnostics, expected) => expect(providerMissing(diagnostics)).toBe(expected));
