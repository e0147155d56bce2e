/** What is known of a stack before it is planned, for telling what Terraform's refusals mean. */
import type { Synth, SynthStack } from "../affected/model.ts";
import { type Places, producerOf, remoteValuesOf } from "../affected/places.ts";
import type { Subject } from "../problems.ts";

export function subjectOf(stack: SynthStack, synth: Synth, places: Places, profile: string | undefined): Subject {
  const { id, environment, json } = stack;
  const values = remoteValuesOf(stack);
  const states = [...new Set([...Object.keys(json.data?.terraform_remote_state ?? {}), ...values.map(({ state }) => state)])];
  const producers = states.map((state) => [state, producerOf(stack, state, places)?.id ?? `${environment}-${state}`] as const);
  const outputs = [...new Set(values.flatMap(({ output }) => output ?? []))];
  const reads = outputs.map((output) => [output, values.filter((value) => value.output === output).map(({ state }) => state)] as const);
  const needed = [stack, ...stack.needs.flatMap((need) => synth.find((other) => other.id === need) ?? [])];
  const home = needed.find(({ stack: name }) => name === "state")?.id ?? `${environment}-state`;
  return {
    id,
    environment,
    account: accountOf(json),
    home,
    producers: Object.fromEntries(producers),
    reads: Object.fromEntries(reads),
    profile,
  };
}

function accountOf({ terraform }: SynthStack["json"]): string {
  const { backend } = terraform as { readonly backend?: { readonly s3?: { readonly allowed_account_ids?: readonly string[] } } };
  return backend?.s3?.allowed_account_ids?.[0] ?? "(not said)";
}
