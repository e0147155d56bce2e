/** What a check is: a pure function from environments whose forms are right to what is wrong between their fields. */
import type { Problem } from "../problem.ts";
import type { Environment } from "../schema.ts";

/** Looks at one environment. */
export type Check = (environment: Environment) => readonly Problem[];

/** A problem and the environment in whose file it is to be corrected. */
export interface AttributedProblem extends Problem {
  readonly environment: string;
}

/** Looks at all environments, in the order in which changes travel. */
export type CrossCheck = (environments: readonly Environment[]) => readonly AttributedProblem[];

/** Every position at which a value stands that stood earlier in the list. */
export function repeated<T>(values: readonly T[]): { readonly value: T; readonly position: number }[] {
  return values.flatMap((value, position) => (values.indexOf(value) < position ? [{ value, position }] : []));
}
