/** The same code as a user applies it to a real account: cdktf-cli, against an emulated AWS. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { patience, root, start } from "./command.ts";
import { type KeptWorld, keepWorld } from "./kept-world.ts";

let world: KeptWorld;
const out = mkdtempSync(join(tmpdir(), "mainline-cdktf-"));

beforeAll(async () => {
  world = await keepWorld("dev");
  // What `bootstrap` does takes a minute and has tests of its own, which work in the one folder that it has per environment.
  const region = "ap-northeast-2";
  const credentials = { accessKeyId: "rehearsal", secretAccessKey: "rehearsal" };
  const s3 = new S3Client({ endpoint: world.url, region, credentials, forcePathStyle: true });
  const CreateBucketConfiguration = { LocationConstraint: region } as const;
  await s3.send(new CreateBucketCommand({ Bucket: "mainline-dev-tfstate-111122223333-ap-northeast-2", CreateBucketConfiguration }));
  s3.destroy();
}, patience);

afterAll(async () => {
  await world.close();
  rmSync(out, { recursive: true, force: true });
});

function cdktf(...args: string[]) {
  const env = { ...world.env, CI: "1", CHECKPOINT_DISABLE: "1", FORCE_COLOR: "0" };
  return start(join(root, "node_modules/.bin/cdktf"), [...args, "--output", out], env).ended;
}

test(
  "cdktf deploy dev-network dev-cluster",
  async () => {
    const { code, out: text, err } = await cdktf("deploy", "dev-network", "dev-cluster", "--auto-approve", "--skip-provider-lock");
    expect({ code, tail: code === 0 ? "" : `${text}${err}`.slice(-3000) }).toEqual({ code: 0, tail: "" });
    expect(text).toMatch(/dev-cluster[\s\S]*Apply complete!/);
    expect(
      readdirSync(join(out, "stacks"))
        .filter((id) => existsSync(join(out, "stacks", id, ".terraform")))
        .sort(),
    ).toEqual(["dev-cluster", "dev-network"]);
  },
  patience,
);

test(
  "cdktf diff dev-cluster sees nothing to do",
  async () => {
    const { code, out: text, err } = await cdktf("diff", "dev-cluster", "--skip-provider-lock");
    expect({ code, said: `${text}${err}`.includes("No changes.") }).toEqual({ code: 0, said: true });
  },
  patience,
);
