/** What roles of CI may do, by simulation: what they need, and what they must not, whatever their policies come to say. */
import { describe, expect, test } from "@jest/globals";
import { isAllowed, type Rights } from "../../support/iam.ts";
import { deliveryRoles } from "./rights/delivery.ts";
import { deploymentRoles } from "./rights/deployments.ts";
import { account, region } from "./rights/names.ts";
import { platformRoles } from "./rights/platform.ts";

/** What AWS tells with every request. */
const always = { "aws:RequestedRegion": region, "aws:ResourceAccount": account };

describe.each(Object.entries({ ...platformRoles, ...deliveryRoles, ...deploymentRoles }))("%s", (_, { statements, boundary, rights }) => {
  const decided = async (requests: Rights["needed"]) => {
    const each = Object.entries(requests).map(async ([title, request]) => {
      const asked = { ...request, context: { ...always, ...request.context } };
      return [title, await isAllowed(statements, asked, boundary)] as const;
    });
    return Object.fromEntries(await Promise.all(each));
  };
  const all = (requests: Rights["needed"], allowed: boolean) => Object.fromEntries(Object.keys(requests).map((title) => [title, allowed]));

  test("may do what it needs", async () => expect(await decided(rights.needed)).toEqual(all(rights.needed, true)));
  test("and not what it must not", async () => {
    expect(await decided(rights.forbidden)).toEqual(all(rights.forbidden, false));
    expect(Object.keys(rights.forbidden).length).toBeGreaterThanOrEqual(5);
  });
});
