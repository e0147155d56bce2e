import type { EnvironmentInput } from "./schema.ts";

/** What the company has once: image registries, pipelines, their tooling network; security services come here. */
export default {
  name: "shared",
  account: "123456789012",
  profile: "production",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
  // For builds and tools only; nothing of a product runs here.
  network: {
    cidr: "10.40.0.0/20",
    zones: ["apne2-az1", "apne2-az2"],
    nat: "single",
    // Builds fetch packages through NAT anyway; endpoints for the rest would cost more than they keep off it.
    interfaceEndpoints: [],
  },
  ci: {
    github: {},
    services: {
      "shop-api": { team: "shop", repository: "example/shop-api", branches: ["main", "release/*"], previews: true },
      "shop-web": { team: "shop", repository: "example/shop-web" },
      billing: { team: "billing", repository: "example/billing" },
      "shop-admin": { team: "shop", repository: "example/shop-admin" },
    },
    registries: {
      readers: { dev: "111122223333", staging: "444455556666", prod: "777788889999" },
      // A second region: clusters start pods although this one's registry does not answer.
      replicas: [{ region: "ap-northeast-1" }],
      pullThrough: {
        "ecr-public": { upstream: "public.ecr.aws" },
        kubernetes: { upstream: "registry.k8s.io" },
        quay: { upstream: "quay.io" },
      },
    },
    connections: { github: { provider: "GitHub" } },
    // What does not run on Kubernetes yet: instances of EC2.
    pipelines: {
      "shop-admin": {
        source: { connection: "github", repository: "example/shop-admin" },
        build: { service: "shop-admin" },
        test: { commands: ["make test"] },
        approval: { message: "Deploy to the instances of shop-admin?" },
        deployment: "shop-admin",
      },
    },
    deployments: {
      "shop-admin": { batch: "half", fleet: { min: 2, max: 4 } },
    },
    notifications: {
      lambda: {
        secret: "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:mainline/slack-AbCdEf",
        channels: { default: "#deployments", critical: "#platform" },
      },
    },
  },
} satisfies EnvironmentInput;
