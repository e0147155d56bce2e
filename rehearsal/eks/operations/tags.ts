/** Tags of everything that has an ARN of EKS. */
import { EksError, invalid } from "../errors.ts";
import type { Store } from "../store.ts";
import type { Operations } from "./contract.ts";

type Tags = Readonly<Record<string, string>>;

interface Tagged {
  readonly tags: Tags;
  set(tags: Record<string, string>): void;
}

export const tagging: Pick<Operations, "TagResource" | "UntagResource" | "ListTagsForResource"> = {
  TagResource({ resourceArn, tags }, { store }) {
    const resource = find(store, resourceArn);
    const reserved = Object.keys(tags).find((key) => key.toLowerCase().startsWith("aws:"));
    if (reserved) throw invalid(`Tag key ${reserved} must not begin with aws:`);
    resource.set({ ...resource.tags, ...tags });
    return {};
  },

  UntagResource({ resourceArn, tagKeys }, { store }) {
    const resource = find(store, resourceArn);
    resource.set(Object.fromEntries(Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key))));
    return {};
  },

  ListTagsForResource: ({ resourceArn }, { store }) => ({ tags: find(store, resourceArn).tags }),
};

/** @throws NotFoundException, as the tag operations do. */
function find(store: Store, arn: string): Tagged {
  for (const state of store.values()) {
    if (state.cluster.arn === arn) {
      return {
        tags: state.cluster.tags,
        set: (tags) => {
          state.cluster = { ...state.cluster, tags };
        },
      };
    }
    const found =
      inside(state.nodegroups, arn, ({ nodegroupArn }) => nodegroupArn) ??
      inside(state.fargateProfiles, arn, ({ fargateProfileArn }) => fargateProfileArn) ??
      inside(state.addons, arn, ({ addonArn }) => addonArn) ??
      inside(state.accessEntries, arn, ({ accessEntryArn }) => accessEntryArn) ??
      inside(state.associations, arn, ({ associationArn }) => associationArn);
    if (found) return found;
  }
  throw new EksError("NotFoundException", `The specified resource could not be found: ${arn}`);
}

function inside<T extends { readonly tags: Tags }>(records: Map<string, T>, arn: string, arnOf: (record: T) => string): Tagged | undefined {
  for (const [key, record] of records) {
    if (arnOf(record) === arn) return { tags: record.tags, set: (tags) => records.set(key, { ...record, tags }) };
  }
  return undefined;
}
