import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { leftovers, takeInventory } from "../../../rehearsal/run/inventory.ts";

/** Answers by the service of the credential scope and the action; everything else is not known. */
const answers: Readonly<Record<string, string>> = {
  "ec2 Action=DescribeVpcs": "<vpcSet><item><vpcId>vpc-1</vpcId></item><item><vpcId>vpc-2</vpcId></item></vpcSet>",
  "s3 ": "<Owner><DisplayName>me</DisplayName></Owner><Buckets><Bucket><CreationDate>x</CreationDate><Name>logs</Name></Bucket></Buckets>",
  "logs ": '{"logGroups": [{"logGroupName": "/aws/eks/dev/cluster", "arn": "a"}]}',
  "eks ": '{"clusters":["dev","prod"],"nextToken":null}',
};
let server: Server;
let url = "";

beforeEach(async () => {
  server = createServer(async (request, response) => {
    const service = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\//.exec(request.headers.authorization ?? "")?.[1];
    let body = "";
    for await (const chunk of request) body += chunk;
    const known = answers[`${service} ${body.startsWith("Action") ? body.split("&")[0] : ""}`];
    response.writeHead(known === undefined ? 501 : 200).end(known);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.close();
});

test("lists what is there by kind; what the emulator cannot list is left out", async () => {
  const found = await takeInventory(url, "ap-northeast-2");
  expect([...found]).toEqual([
    "VPC vpc-1",
    "VPC vpc-2",
    "bucket logs",
    "log group /aws/eks/dev/cluster",
    "EKS cluster dev",
    "EKS cluster prod",
  ]);
});

test("left is what is there now and was not before", () => {
  expect(leftovers(new Set(["VPC default"]), new Set(["VPC default", "bucket logs"]))).toEqual(["bucket logs"]);
});
