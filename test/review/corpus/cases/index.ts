/** All labelled plans. */
import type { Case } from "../case.ts";
import { data } from "./data.ts";
import { iam } from "./iam.ts";
import { harmlessIam } from "./iam-harmless.ts";
import { network } from "./network.ts";
import { platform } from "./platform.ts";
import { releases } from "./releases.ts";

export const cases: readonly Case[] = [...iam, ...harmlessIam, ...network, ...data, ...platform, ...releases];
