/** What is still there after everything was destroyed: asked by the tags that every stack sets, not by what Terraform believes. */

/** Moto and AWS keep deleted keys for their waiting time; that is a deleted key, not a leftover. */
const gone = /^arn:[^:]+:kms:[^:]+:\d+:key\//;

interface Answer {
  readonly ResourceTagMappingList?: readonly { readonly ResourceARN: string }[];
}

/**
 * ARNs of what the environment's stacks made and is not gone. `url` takes AWS requests directly. `undefined` where the emulator has no
 * tagging API, so that "nothing left" is never claimed unseen.
 */
export async function leftovers(url: string, region: string, environment: string): Promise<readonly string[] | undefined> {
  const filters = [
    { Key: "managed-by", Values: ["terraform"] },
    { Key: "environment", Values: [environment] },
  ];
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "ResourceGroupsTaggingAPI_20170126.GetResources",
      host: `tagging.${region}.amazonaws.com`,
      // The gateway names service and region from the credential scope; no emulator verifies the signature.
      authorization: `AWS4-HMAC-SHA256 Credential=rehearsal/20260101/${region}/tagging/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ TagFilters: filters }),
  });
  if (!response.ok) return undefined;
  const { ResourceTagMappingList = [] } = (await response.json()) as Answer;
  return ResourceTagMappingList.map(({ ResourceARN }) => ResourceARN).filter((arn) => !gone.test(arn));
}
