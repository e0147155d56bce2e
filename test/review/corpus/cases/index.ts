/** All labelled plans. */
import type { Case } from "../case.ts";
import { data } from "./data.ts";
import { iam } from "./iam.ts";
import { network } from "./network.ts";
import { platform } from "./platform.ts";

export const cases: readonly Case[] = [...iam, ...network, ...data, ...platform];
