#!/usr/bin/env node
// Runs the TypeScript sources as they are; there is no build step that could be forgotten.
import { register } from "tsx/esm/api";

register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
