/** Which stack a remote state means: the one whose state is at that place. */
import type { Json } from "../../modules/terraform-json.ts";
import type { Synth, SynthStack } from "./model.ts";
import { type RemoteValue, referencesOf } from "./references.ts";

/** Stacks by where their state lives. */
export type Places = ReadonlyMap<string | undefined, SynthStack>;

export function placesOf(synth: Synth): Places {
  return new Map(
    synth.map((stack) => [placeOf((stack.json.terraform as { readonly backend?: { readonly s3?: Json } }).backend?.s3), stack]),
  );
}

/** The stack that publishes what a stack reads by this remote state. */
export function producerOf({ json }: SynthStack, state: string, places: Places): SynthStack | undefined {
  const place = placeOf(json.data?.terraform_remote_state?.[state]?.config);
  return place === undefined ? undefined : places.get(place);
}

/** Every value that a stack reads of others. Its own settings are left out: a backend may name a bucket, never a value. */
export function remoteValuesOf({ json }: SynthStack): readonly RemoteValue[] {
  const { terraform: _, ...rest } = json;
  return referencesOf(rest as unknown as Json).remote;
}

/** Undefined where the state is not in S3. */
function placeOf(settings: Json | undefined): string | undefined {
  const { bucket, key } = (settings ?? {}) as { readonly bucket?: Json; readonly key?: Json };
  return typeof bucket === "string" && typeof key === "string" ? `${bucket}/${key}` : undefined;
}
