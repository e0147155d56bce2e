/** Small synths for tests: two environments of state, network, cluster and add-ons, as the real ones read each other. */
import type { Synth, SynthStack } from "../../../operations/affected/model.ts";

/** An expression. */
export const ref = (path: string) => `\${${path}}`;

type Parts = Partial<Omit<SynthStack["json"], "terraform">> & { readonly constraint?: string };

/** One stack whose state is at `<environment>/<name>` and that reads `reads` of its environment. */
export function stack(
  environment: string,
  name: string,
  reads: readonly string[],
  { constraint = ">= 5.100.0", ...parts }: Parts,
): SynthStack {
  const states = Object.fromEntries(
    reads.map((read) => [read, { backend: "s3", config: { bucket: environment, key: `${environment}/${read}` } }]),
  );
  return {
    id: `${environment}-${name}`,
    environment,
    stack: name,
    needs: [...(name === "state" ? [] : [`${environment}-state`]), ...reads.map((read) => `${environment}-${read}`)],
    files: {},
    locked: {},
    json: {
      "//": { metadata: { version: "0.21.0", stackName: `${environment}-${name}` } },
      terraform: {
        backend: { s3: { bucket: environment, key: `${environment}/${name}` } },
        required_providers: { aws: { source: "aws", version: constraint } },
      },
      provider: { aws: [{ region: "ap-northeast-2", default_tags: [{ tags: { stack: name } }] }] },
      ...parts,
      data: { ...parts.data, terraform_remote_state: states },
    },
  };
}

const from = (state: string, output: string) => `data.terraform_remote_state.${state}.outputs.${output}`;

export const network: Parts = {
  resource: {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" }, "//": { metadata: { path: "network/main" } } } },
    aws_subnet: { a: { vpc_id: ref("aws_vpc.main.id"), cidr_block: "10.0.1.0/24" } },
    aws_flow_log: { all: { vpc_id: ref("aws_vpc.main.id"), traffic_type: "REJECT" } },
  },
  output: { vpcId: { value: ref("aws_vpc.main.id") }, subnetIds: { value: { a: ref("aws_subnet.a.id") } }, cidr: { value: "10.0.0.0/16" } },
};

export const cluster: Parts = {
  resource: {
    aws_eks_cluster: {
      main: {
        name: "main",
        version: "1.35",
        vpc_config: { subnet_ids: [ref(`${from("network", "subnetIds")}["a"]`)] },
      },
    },
    aws_cloudwatch_log_group: { logs: { name: "/aws/eks/main", retention_in_days: 30 } },
  },
  output: { name: { value: ref("aws_eks_cluster.main.name") }, logs: { value: ref("aws_cloudwatch_log_group.logs.arn") } },
};

export const addons: Parts = {
  resource: {
    helm_release: {
      ingress: {
        name: "ingress",
        values: [`\${jsonencode({"vpc" = ${from("network", "vpcId")}})}`, ref(from("cluster", "name"))],
      },
    },
  },
};

export function environment(name: string, changes: Readonly<Record<string, SynthStack | undefined>> = {}): Synth {
  const stacks = {
    state: stack(name, "state", [], {
      resource: { aws_s3_bucket: { main: { bucket: name } } },
      output: { bucket: { value: ref("aws_s3_bucket.main.id") } },
    }),
    network: stack(name, "network", [], network),
    cluster: stack(name, "cluster", ["network"], cluster),
    addons: stack(name, "addons", ["network", "cluster"], addons),
  };
  return Object.values({ ...stacks, ...changes }).filter((one) => one !== undefined);
}
