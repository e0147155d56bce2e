/** Whether AWS itself would refuse to delete the cluster. */
import type { EKSClient } from "@aws-sdk/client-eks";
import { ResourceNotFoundException } from "@aws-sdk/client-eks";
import { expect, test } from "@jest/globals";
import { checkClusterProtection } from "../../../operations/destroy/cluster-protection.ts";

const check = (send: () => Promise<unknown>) => checkClusterProtection({ send } as unknown as EKSClient, "mainline-dev");

test("a protected one is refused, with the way out", () =>
  expect(check(async () => ({ cluster: { deletionProtection: true } }))).rejects.toThrow(/--name mainline-dev --no-deletion-protection/));

test.each<[string, () => Promise<unknown>]>([
  ["one that is not", async () => ({ cluster: { deletionProtection: false } })],
  ["one of a region that does not say", async () => ({ cluster: {} })],
  ["one that is gone", () => Promise.reject(new ResourceNotFoundException({ message: "No cluster found", $metadata: {} }))],
])("%s may go", (_, send) => expect(check(send)).resolves.toBeUndefined());

test("where AWS does not say, nothing is destroyed", () =>
  expect(check(() => Promise.reject(new Error("not authorized")))).rejects.toThrow(/not authorized/));
