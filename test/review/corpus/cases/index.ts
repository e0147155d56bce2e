/** All labelled plans: those that the rules were made with, and those of a later set that met them unseen. */
import type { Case } from "../case.ts";
import { data } from "./data.ts";
import { iam } from "./iam.ts";
import { harmlessIam } from "./iam-harmless.ts";
import { later } from "./later/index.ts";
import { second } from "./later/second.ts";
import { network } from "./network.ts";
import { platform } from "./platform.ts";
import { releases } from "./releases.ts";

export const first: readonly Case[] = [...iam, ...harmlessIam, ...network, ...data, ...platform, ...releases];
export { later, second };
export const cases: readonly Case[] = [...first, ...later, ...second];
