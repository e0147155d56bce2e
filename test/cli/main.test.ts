import { expect, test } from "@jest/globals";
import { createColors } from "picocolors";
import type { Io } from "../../cli/io.ts";
import { main } from "../../cli/main.ts";

/** Runs a command line without a process. */
async function run(...argv: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const { signal } = new AbortController();
  const io: Io = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env: { PATH: "" },
    root: "/nowhere",
    colors: createColors(false),
    interrupts: { first: signal, second: signal },
  };
  const code = await main(argv, io);
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const commands = ["doctor", "synth", "rehearse", "bootstrap", "kubeconfig", "affected", "plan", "drift", "destroy"];

test.each(commands)("%s --help has an example and exits 0", async (command) => {
  const { code, out } = await run(command, "--help");
  expect(out).toMatch(new RegExp(`Examples?:\n +\\$ (?:.* )?mainline ${command}`));
  expect(code).toBe(0);
});

test("without a command all of them are listed", async () => {
  const { code, out } = await run();
  for (const command of commands) expect(out).toContain(`  ${command} `);
  expect(code).toBe(0);
});

test.each([
  ["a misspelt command", ["rehears"], "(Did you mean rehearse?)"],
  ["a misspelt option", ["rehearse", "--kep"], "(Did you mean --keep?)"],
  ["a misspelt environment", ["rehearse", "pord"], 'There is no environment "pord". Did you mean "prod"? There are shared, dev, '],
  ["a missing argument", ["bootstrap"], "missing required argument 'environment'"],
  ["options that exclude each other", ["rehearse", "--stop", "--keep"], "cannot be used with option"],
  ["charts from nowhere", ["rehearse", "--charts", "/no/such/folder"], "which is neither a folder nor an address"],
  [
    "a misspelt access entry",
    ["kubeconfig", "dev", "--as", "develper"],
    'has "develper". Did you mean "developer"? There are devops, developer, sqa, shop-devops, ',
  ],
  ["an endpoint that is none", ["rehearse", "--aws-endpoint", "moto"], "it must be the http URL of an emulator"],
  ["a comparison with nothing", ["affected"], "required option '--base <ref>' not specified"],
  ["a plan of nothing", ["plan"], "Which stacks? For example: mainline plan dev-network"],
  ["affected stacks without a base", ["plan", "--affected"], "--affected needs --base <ref>"],
  ["a base without affected stacks", ["plan", "dev", "--base", "main"], "--base is about --affected"],
  ["no stack at once", ["plan", "dev", "--parallel", "0"], "it must be a number from 1 to 99"],
  [
    "a webhook that anybody could read",
    ["drift", "dev", "--slack", "http://hooks.example.com"],
    "--slack must be an https address or a file",
  ],
  ["JSON of a question", ["destroy", "dev-addons", "--json"], "Give --confirm <environment>, or --dry-run."],
])("wrong usage exits 64 and says what is right: %s", async (_, argv, message) => {
  const { code, err } = await run(...argv);
  expect(err).toContain(message);
  expect(code).toBe(64);
});

test.each([
  ["dev", ["dev"], "--alias dev --user-alias dev"],
  [
    "dev as developer",
    ["dev", "--as", "developer"],
    "--alias dev-developer --user-alias dev-developer --role-arn arn:aws:iam::111122223333:role/developer",
  ],
])("each role of a real cluster has a context and a user of its own: %s", async (_, argv, expected) => {
  const { out } = await run("kubeconfig", ...argv, "--print");
  expect(out).toBe(`aws eks update-kubeconfig --name mainline-dev --region ap-northeast-2 ${expected}`);
});

test("what fails exits 1 and says what to do, without a stack trace", async () => {
  const { code, err } = await run("kubeconfig", "shared", "--print");
  expect(err).toBe("error: shared has no cluster. Set `cluster` in environments/shared.ts to give it one.");
  expect(code).toBe(1);
});

test.each([[["rehearse", "--stop"], "No kept rehearsal is running."]])("%j prints %j", async (argv, expected) =>
  expect(await run(...argv)).toEqual({ code: 0, out: expected, err: "" }),
);

test("doctor names what is missing, its purpose and how to get it, and exits 1", async () => {
  const { code, out } = await run("doctor", "--json");
  const { tools } = JSON.parse(out) as { tools: { name: string; required: boolean; found?: string; install: string }[] };
  expect(tools.filter(({ found }) => found === undefined).map(({ name }) => name)).toEqual([
    "Terraform",
    "providers",
    "Python",
    "Git",
    "AWS CLI",
    "kubectl",
    "Kubernetes API",
  ]);
  expect(code).toBe(1);
});
