#!/usr/bin/env node
// Runs the TypeScript sources as they are; there is no build step that could be forgotten. Plain JavaScript, so that it can say what is
// missing before anything else is loaded.

/** The command line cannot begin: one line, no stack. */
function refuse(what) {
  console.error(`error: ${what}`);
  process.exit(1);
}

// package.json, "engines".
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 9))
  refuse(`mainline needs Node.js 20.9 or newer; this is ${process.versions.node}. https://nodejs.org`);

const { register } = await import("tsx/esm/api").catch((error) => {
  if (error.code === "ERR_MODULE_NOT_FOUND") refuse("The packages are not installed. Run: npm ci");
  throw error;
});
// The AWS SDK's notice about Node versions of 2027 is for maintainers, who see it in its release notes, not for who runs a command.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
register();
const { main } = await import("./main.ts");
process.exitCode = await main(process.argv.slice(2));
