#!/usr/bin/env node
// Runs the TypeScript sources as they are; there is no build step that could be forgotten.
import { register } from "tsx/esm/api";

// The AWS SDK's notice about Node versions of 2027 is for maintainers, who see it in its release notes, not for who runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
