/** S3 hosts name the bucket, S3 Control hosts the account; the emulator is told both the way it understands in every case. */
import { awsHost } from "./endpoint.ts";
import type { AwsRequest } from "./service.ts";

/** `<bucket>.<endpoint>/<key>` becomes `s3.<region>.amazonaws.com/<bucket>/<key>`; requests of other services stay as they are. */
export function pathStyle(request: AwsRequest): AwsRequest {
  if (request.service !== "s3") return request;
  const { url, region } = request;
  const prefix = url.hostname.endsWith(`.${awsHost}`) ? url.hostname.slice(0, -awsHost.length - 1) : "";
  if (request.headers["x-amz-account-id"]) {
    return { ...request, url: new URL(url.pathname + url.search, `http://${prefix}.s3-control.${region}.amazonaws.com`) };
  }
  const path = prefix === "" ? url.pathname : `/${prefix}${url.pathname}`;
  return { ...request, url: new URL(path + url.search, `http://s3.${region}.amazonaws.com`) };
}

/** Bucket of a path-style request; empty for requests about all buckets. */
export function bucketOf({ url }: AwsRequest): string {
  return decodeURIComponent(url.pathname.split("/")[1] ?? "");
}

/** Key of a path-style request; empty for requests about a bucket. */
export function keyOf({ url }: AwsRequest): string {
  return decodeURIComponent(url.pathname.split("/").slice(2).join("/"));
}
