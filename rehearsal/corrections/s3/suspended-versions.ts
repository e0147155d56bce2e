/** Deleting single versions from a bucket whose versioning is suspended, as Terraform does to empty one with force_destroy. */
import { bucketOf } from "../../gateway/path-style.ts";
import type { AwsRequest, Correction } from "../../gateway/service.ts";
import { textOf, xmlOf } from "../answers.ts";

export const suspendedVersions: Correction = {
  id: "s3-suspended-versions",
  service: "s3",
  why: "moto 5.2.5 takes a bucket with suspended versioning for one without versions and fails (500) at a delete marker; S3 user guide, suspending versioning: versions that exist stay and are deleted one by one.",
  applies: ({ method, url }) =>
    (method === "DELETE" && url.searchParams.has("versionId")) || (method === "POST" && url.searchParams.has("delete")),
  async before(request, upstream) {
    const versioning = await upstream(about(request, "GET", ""));
    if (textOf(xmlOf(versioning), "Status") !== "Suspended") return request;
    await upstream(about(request, "PUT", configuration("Enabled")));
    const answer = await upstream(request);
    await upstream(about(request, "PUT", configuration("Suspended")));
    return answer;
  },
};

function about(request: AwsRequest, method: string, body: string): AwsRequest {
  const { authorization = "" } = request.headers;
  return {
    ...request,
    method,
    url: new URL(`/${bucketOf(request)}?versioning`, request.url),
    headers: { authorization },
    body: Buffer.from(body),
  };
}

function configuration(status: "Enabled" | "Suspended"): string {
  return `<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>${status}</Status></VersioningConfiguration>`;
}
