/** Secrets that `ci` names are where their readers look: in the account and region of the environment. Also what is left of an example is found so. */
import type { Problem } from "../problem.ts";
import type { Check } from "./check.ts";

/** ECR reads credentials of upstreams, and the function Slack's, with a client of their own region and rights of their own account. */
export const secretsAtHome: Check = ({ ci, account, region }) => {
  const caches = Object.entries(ci?.registries.pullThrough ?? {}).map(
    ([name, { secret }]) => [`ci.registries.pullThrough.${name}.secret`, secret] as const,
  );
  const named = [...caches, ["ci.notifications.lambda.secret", ci?.notifications?.lambda?.secret] as const];
  return named.flatMap(([path, found]): Problem[] => {
    if (found === undefined || found.startsWith(`arn:aws:secretsmanager:${region}:${account}:`)) return [];
    return [{ path, found, wrong: `is not in ${account}, ${region}`, remedy: "Name a secret of this account and region" }];
  });
};
