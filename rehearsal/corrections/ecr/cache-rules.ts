/** Caches of other registries. */
import { type Call, type Fields, found, keeping, Refused } from "../kept.ts";

const missing = "PullThroughCacheRuleNotFoundException";
const prefixOf = ({ body }: Call) => String(body.ecrRepositoryPrefix);

export const cacheRules = () =>
  keeping(
    "ecr-cache-rules",
    "ecr",
    "moto 5.2.5 lacks pull-through cache rules; ECR API reference: CreatePullThroughCacheRule refuses a prefix that is taken, and Describe returns what was given.",
    {
      CreatePullThroughCacheRule: (call) => {
        const prefix = prefixOf(call);
        if (call.kept.has(prefix)) throw new Refused("PullThroughCacheRuleAlreadyExistsException", `${prefix} is taken.`);
        call.kept.set(prefix, call.body);
        return call.body;
      },
      DescribePullThroughCacheRules: ({ kept, body }) => {
        const prefixes = (body.ecrRepositoryPrefixes as readonly string[] | undefined) ?? [...kept.keys()];
        return { pullThroughCacheRules: prefixes.map((prefix) => found(kept, prefix, missing)) };
      },
      UpdatePullThroughCacheRule: (call) => {
        const changed: Fields = { ...found(call.kept, prefixOf(call), missing), ...call.body };
        call.kept.set(prefixOf(call), changed);
        return changed;
      },
      DeletePullThroughCacheRule: (call) => {
        const deleted = found(call.kept, prefixOf(call), missing);
        call.kept.delete(prefixOf(call));
        return deleted;
      },
    },
  );
