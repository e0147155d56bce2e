import { expect, test } from "@jest/globals";
import { environmentOf, synthStack } from "../support/synth.ts";

test("a stack keeps its state in S3, locked and encrypted, under a key of its own", () => {
  expect(synthStack(environmentOf(), "network").terraform.backend).toEqual({
    s3: {
      bucket: "mainline-test-tfstate-111122223333-ap-northeast-2",
      key: "test/network.tfstate",
      region: "ap-northeast-2",
      encrypt: true,
      kms_key_id: "arn:aws:kms:ap-northeast-2:111122223333:alias/mainline-test-tfstate",
      allowed_account_ids: ["111122223333"],
      use_lockfile: true,
    },
  });
});
