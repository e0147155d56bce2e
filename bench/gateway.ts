/** Requests per second through the gateway, with an upstream that answers at once: the gateway's own share of a rehearsal. */
import { Agent, request } from "node:http";
import { startGateway } from "../rehearsal/gateway/gateway.ts";

const headers = {
  host: "aws.rehearsal.invalid",
  "content-type": "application/x-www-form-urlencoded",
  authorization: "AWS4-HMAC-SHA256 Credential=rehearsal/20260101/ap-northeast-2/ec2/aws4_request, SignedHeaders=host, Signature=0",
};

/** Sends `count` requests, 20 at a time, and returns how many were answered per second. */
export async function gatewayThroughput(count: number): Promise<number> {
  const answer = { status: 200, headers: { "content-type": "text/xml" }, body: Buffer.from("<DescribeVpcsResponse/>") };
  const gateway = await startGateway({ upstream: async () => answer, services: [], log: () => {} });
  const agent = new Agent({ keepAlive: true, maxSockets: 20 });
  const ask = () =>
    new Promise<void>((resolve, reject) => {
      const outgoing = request(gateway.url, { method: "POST", agent, headers }, (incoming) => {
        incoming.resume();
        incoming.on("end", resolve);
      });
      outgoing.on("error", reject);
      outgoing.end("Action=DescribeVpcs&Version=2016-11-15");
    });
  const began = performance.now();
  await Promise.all(Array.from({ length: count }, ask));
  const seconds = (performance.now() - began) / 1000;
  agent.destroy();
  await gateway.close();
  return count / seconds;
}
