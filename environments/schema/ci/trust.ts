/** Whose jobs get roles in this account, without a stored key. */
import { z } from "zod";
import { label, whole } from "../forms.ts";
import { branch, subjectRepository, uuid } from "./forms.ts";

/** IAM refuses a second provider of the same issuer (EntityAlreadyExists), and many an account has GitHub's already. */
const provider = z
  .enum(["make", "existing"])
  .default("make")
  .describe("IAM OIDC provider of its tokens, of which an account has one; existing: another environment or somebody else made it");

export const githubSchema = z.strictObject({
  provider,
  repository: subjectRepository.optional().describe("Repository of this workspace; absent: the environment's own"),
  branch: branch.default("main").describe("Branch whose jobs may plan, besides pull requests: for drift and for plans after a merge"),
  environment: label
    .optional()
    .describe("GitHub environment whose jobs may apply; its protection rules decide who starts them; absent: this environment's name"),
  // The shortest that IAM offers, and longer than any plan.
  planMinutes: whole("minutes", 60, 720).default(60).describe("Longest session of the role that plans"),
  // A new cluster with its node groups and add-ons takes up to 40 minutes.
  applyMinutes: whole("minutes", 60, 720).default(120).describe("Longest session of the role that applies"),
});

export const circleciSchema = z.strictObject({
  provider,
  organization: uuid.describe("Id of the organization: its tokens have an issuer of their own"),
});
