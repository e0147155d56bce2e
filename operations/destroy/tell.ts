/** What a destroy is about to do, in words. Pure. */

import type { Counts } from "../plan/model.ts";
import { countText } from "../plan/table.ts";
import { betterWay, inOrder, type LeftOver, momentOf, momentsOf } from "./left-over.ts";
import type { Loss } from "./losses.ts";

export interface Prospect {
  readonly id: string;
  readonly environment: string;
  readonly stack: string;
  readonly account: string;
  readonly losses: readonly Loss[];
  readonly leftOvers: readonly LeftOver[];
  readonly counts: Counts | undefined;
}

/** Objects of one kind that are named; the plan has all. */
const named = 5;

export function prospectLines(prospect: Prospect): string[] {
  const { id, account, losses, counts } = prospect;
  const lasting = losses.filter(({ loss }) => loss !== undefined);
  const others = losses.filter(({ loss }) => loss === undefined);
  const more = others.length > named ? ` and ${others.length - named} more` : "";
  return [
    `Destroying ${id} in account ${account}: ${counts ? countText(counts) : "its state is empty"}.`,
    ...(lasting.length > 0 ? ["", "What a second apply does not bring back:"] : []),
    ...lossLines(lasting),
    ...(others.length > 0
      ? [
          "",
          `Besides: ${others
            .slice(0, named)
            .map(({ address }) => address)
            .join(", ")}${more}`,
        ]
      : []),
    ...leftOverLines(prospect),
  ];
}

/** One line per type, with the first names. */
function lossLines(losses: readonly Loss[]): string[] {
  const byType = new Map<string, Loss[]>();
  for (const one of losses) byType.set(typeOf(one), [...(byType.get(typeOf(one)) ?? []), one]);
  return [...byType].map(([type, all]) => {
    const names = all.slice(0, named).map(({ address, name }) => (name === "" ? address : name));
    const more = all.length > named ? ` and ${all.length - named} more` : "";
    return `  ${type} ${names.join(", ")}${more}: ${all[0]?.loss}`;
  });
}

const typeOf = ({ address }: Loss) => address.replace(/^(module\.[^.]+\.)+/, "").split(".")[0] ?? "";

/** What controllers left: what is deleted and when, what is not ours, and the better way. */
function leftOverLines({ environment, stack, leftOvers }: Prospect): string[] {
  const moments = momentsOf(stack);
  if (!moments || leftOvers.length === 0) return [];
  const ours = inOrder(leftOvers.filter(({ foreign }) => foreign === undefined));
  const foreign = inOrder(leftOvers.filter((one) => one.foreign !== undefined));
  const whens = { before: "deleted first", after: "deleted afterwards" } as const;
  const when = (one: LeftOver): string => {
    const moment = momentOf(moments, one);
    if (moment) return `${whens[moment]}${one.data ? ", with its data" : ""}`;
    return one.kind === "snapshot" ? `stays, and costs money: aws ec2 delete-snapshot --snapshot-id ${one.id}` : "stays";
  };
  const way = betterWay(environment, ours);
  return [
    ...(ours.length > 0 ? ["", "Controllers made these, and no state knows them:"] : []),
    ...ours.map((one) => `  ${described(one)}: ${when(one)}`),
    ...(way.length > 0
      ? [
          "While the cluster and its controllers run, it is better to answer no and let Kubernetes remove them:",
          ...way.map((line) => `  ${line}`),
        ]
      : []),
    ...(foreign.length > 0 ? ["", "These are in the way and not ours to delete:"] : []),
    ...foreign.map((one) => `  ${described(one)}: ${one.foreign}`),
  ];
}

export function described({ kind, id, name, madeFor }: LeftOver): string {
  return `${kind} ${name === "" || name === id ? id : `${name} (${id})`}${madeFor === "" ? "" : ` of ${madeFor}`}`;
}

/** Exactly this has to be typed. */
export function question({ id, environment }: Prospect): string {
  return `Type the name of the environment (${environment}) to destroy ${id}: `;
}
