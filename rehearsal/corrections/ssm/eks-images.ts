/** Public parameters that name the EKS optimized images. */
import { createHash } from "node:crypto";
import { actionOf } from "../../gateway/protocol.ts";
import type { AwsRequest, Correction } from "../../gateway/service.ts";

const image = /^\/aws\/service\/(eks\/optimized-ami|bottlerocket)\/.+\/image_id$/;

export const eksImages: Correction = {
  id: "ssm-eks-images",
  service: "ssm",
  why: "moto 5.2.5 does not ship the parameters /aws/service/eks/optimized-ami/...; EKS user guide, retrieve AMI ids: they hold an image id. Any will do here: nothing boots it.",
  applies: (request) => actionOf(request) === "GetParameter" && image.test(nameOf(request)),
  async before(request) {
    const Name = nameOf(request);
    const Value = `ami-0${createHash("sha256").update(Name).digest("hex").slice(0, 16)}`;
    const ARN = `arn:aws:ssm:${request.region}::parameter${Name}`;
    const Parameter = { Name, ARN, Value, Type: "String", DataType: "aws:ec2:image", Version: 1, LastModifiedDate: 0 };
    return { status: 200, headers: { "content-type": "application/x-amz-json-1.1" }, body: Buffer.from(JSON.stringify({ Parameter })) };
  },
};

function nameOf({ body }: AwsRequest): string {
  const { Name } = JSON.parse(body.toString("utf8")) as { Name?: string };
  return Name ?? "";
}
