import { expect, test } from "@jest/globals";
import { namedQueries } from "../../../rehearsal/corrections/athena/named-queries.ts";
import { workgroupUpdates } from "../../../rehearsal/corrections/athena/workgroup-updates.ts";
import { backupPolicy } from "../../../rehearsal/corrections/efs/backup-policy.ts";
import { policyDeletion } from "../../../rehearsal/corrections/efs/policy-deletion.ts";
import { corrections } from "../../../rehearsal/corrections/index.ts";
import { bucketPolicy } from "../../../rehearsal/corrections/s3/bucket-policy.ts";
import { suspendedVersions } from "../../../rehearsal/corrections/s3/suspended-versions.ts";
import { eksImages } from "../../../rehearsal/corrections/ssm/eks-images.ts";
import { answer, corrected, json, rest } from "../gateway/requests.ts";

test("every correction has its own id and a reason that names its source", () => {
  const all = corrections();
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  for (const { id, why } of all) expect(`${id}: ${why}`).toMatch(/moto 5\.2\.5/);
});

const tls = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: { Bool: { "aws:SecureTransport": "false" } } };
const guard = { Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: "*" };
const delivery = {
  Effect: "Allow",
  Principal: { Service: "delivery.logs.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "*",
  Condition: {},
};

test("bucket policy: denials under a condition are kept from the emulator, and the policy is read as it was written", async () => {
  let stored = "";
  const emulator = corrected(bucketPolicy, ({ method, body }) => {
    if (method === "PUT") stored = body.toString("utf8");
    return answer(stored);
  });
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [tls, guard, delivery] }, undefined, 2);
  await emulator.respond({ ...rest("s3", "PUT", "/b?policy", policy), headers: { "content-md5": "of another body" } });
  expect(JSON.parse(stored).Statement).toEqual([guard, delivery]);
  expect(emulator.asked[0]?.headers).toEqual({});
  expect(await emulator.ask(rest("s3", "GET", "/b?policy"))).toBe(policy);
});

test.each([
  ["GET", "/b?policy", 404, "<Error><Code>NoSuchBucketPolicy</Code></Error>"],
  ["GET", "/b/key", 200, "not JSON"],
])("bucket policy: %s %s is passed on (%d)", async (method, path, status, body) => {
  expect(await corrected(bucketPolicy, () => answer(body, status)).respond(rest("s3", method, path))).toEqual(answer(body, status));
});

test("bucket policy: what is not JSON is refused as S3 does", async () => {
  const response = await corrected(bucketPolicy, () => answer("")).respond(rest("s3", "PUT", "/b?policy", "{"));
  expect([response.status, response.body.toString()]).toEqual([400, expect.stringContaining("MalformedPolicy")]);
});

test.each([
  ["Suspended", "POST", "/b?delete", ["GET", "PUT Enabled", "POST", "PUT Suspended"]],
  ["Suspended", "DELETE", "/b/k?versionId=1", ["GET", "PUT Enabled", "DELETE", "PUT Suspended"]],
  ["Enabled", "POST", "/b?delete", ["GET", "POST"]],
  ["Suspended", "DELETE", "/b/k", ["DELETE"]],
])("versions of a bucket with versioning %s: %s %s", async (status, method, path, calls) => {
  const emulator = corrected(suspendedVersions, () => answer(`<Status>${status}</Status>`));
  await emulator.ask(rest("s3", method, path));
  const seen = emulator.asked.map((request) =>
    [request.method, /<Status>(\w+)/.exec(request.body.toString())?.[1]].filter(Boolean).join(" "),
  );
  expect(seen).toEqual(calls);
});

test("saved queries: deletion succeeds, and the query is gone", async () => {
  const emulator = corrected(namedQueries(), () => answer({ NamedQuery: {} }));
  const get = (NamedQueryId: string) => emulator.respond(json("athena", "AmazonAthena.GetNamedQuery", { NamedQueryId }));
  expect(await emulator.ask(json("athena", "AmazonAthena.DeleteNamedQuery", { NamedQueryId: "1" }))).toBe("{}");
  expect((await get("1")).headers).toMatchObject({ "x-amzn-errortype": "InvalidRequestException" });
  expect((await get("2")).status).toBe(200);
});

test("workgroups: an update is read back over what the emulator has; an unknown or deleted one has none", async () => {
  const stored = {
    Name: "w",
    State: "ENABLED",
    Configuration: { EnforceWorkGroupConfiguration: true, ResultConfiguration: { OutputLocation: "s3://a/" } },
  };
  const emulator = corrected(workgroupUpdates(), ({ body }) => {
    const known = JSON.parse(body.toString("utf8")).WorkGroup === "w";
    return known ? answer({ WorkGroup: stored }) : answer({}, 400);
  });
  const ask = (action: string, body: object) => emulator.respond(json("athena", `AmazonAthena.${action}`, body));
  const get = async () => JSON.parse((await ask("GetWorkGroup", { WorkGroup: "w" })).body.toString("utf8")).WorkGroup;
  const updates = { BytesScannedCutoffPerQuery: 1, ResultConfigurationUpdates: { OutputLocation: "s3://b/" } };
  expect((await ask("UpdateWorkGroup", { WorkGroup: "w", State: "DISABLED", ConfigurationUpdates: updates })).status).toBe(200);
  expect(await get()).toEqual({
    Name: "w",
    State: "DISABLED",
    Configuration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 1,
      ResultConfiguration: { OutputLocation: "s3://b/" },
    },
  });
  expect((await ask("UpdateWorkGroup", { WorkGroup: "x" })).headers).toMatchObject({ "x-amzn-errortype": "InvalidRequestException" });
  await ask("DeleteWorkGroup", { WorkGroup: "w" });
  expect(await get()).toMatchObject({ State: "ENABLED" });
});

test("EFS backup: what was put is read back; a file system without one is asked for", async () => {
  const emulator = corrected(backupPolicy(), () => answer("asked", 404));
  const path = (id: string) => `/2015-02-01/file-systems/${id}/backup-policy`;
  await emulator.ask(rest("elasticfilesystem", "PUT", path("fs-1"), '{"BackupPolicy":{"Status":"DISABLED"}}'));
  expect(await emulator.ask(rest("elasticfilesystem", "GET", path("fs-1")))).toBe('{"BackupPolicy":{"Status":"DISABLED"}}');
  expect(await emulator.ask(rest("elasticfilesystem", "GET", path("fs-2")))).toBe("asked");
});

test("EFS policy: gone after deletion, back after it is put again", async () => {
  const emulator = corrected(policyDeletion(), () => answer("{}"));
  const call = async (method: string) =>
    (await emulator.respond(rest("elasticfilesystem", method, "/2015-02-01/file-systems/fs-1/policy"))).status;
  expect([await call("GET"), await call("DELETE"), await call("GET"), await call("PUT"), await call("GET")]).toEqual([
    200, 200, 404, 200, 200,
  ]);
});

test.each([
  ["/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/x86_64/standard/recommended/image_id", /^ami-0[0-9a-f]{16}$/],
  ["/mainline/dev/anything", /^asked$/],
])("SSM parameter %s", async (Name, value) => {
  const emulator = corrected(eksImages, () => answer({ Parameter: { Value: "asked" } }));
  expect(JSON.parse(await emulator.ask(json("ssm", "AmazonSSM.GetParameter", { Name }))).Parameter.Value).toMatch(value);
});
