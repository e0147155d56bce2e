import { describe, expect, test } from "@jest/globals";
import {
  cniConfiguration,
  configurationValues,
  corednsConfiguration,
  ebsConfiguration,
} from "../../../modules/cluster/addon-configuration.ts";

test("configuration is JSON with sorted keys, whatever the order in code", () => {
  const one = configurationValues({ b: { d: "1", c: ["y", "x"] }, a: true });
  expect(one).toBe('{"a":true,"b":{"c":["y","x"],"d":"1"}}');
  expect(configurationValues({ a: true, b: { c: ["y", "x"], d: "1" } })).toBe(one);
});

describe("vpc-cni", () => {
  test("hands out prefixes and enforces network policies", () => {
    expect(cniConfiguration()).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  test("with pod subnets there is an ENIConfig per zone name, which is what nodes are labelled with", () => {
    const pods = {
      region: "ap-northeast-2",
      subnets: [
        { zoneName: "ap-northeast-2a", subnetId: "subnet-a" },
        { zoneName: "ap-northeast-2c", subnetId: "subnet-c" },
      ],
      securityGroupIds: ["sg-cluster", "sg-node"],
    };
    expect(cniConfiguration(pods)).toMatchObject({
      env: { AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG: "true", ENI_CONFIG_LABEL_DEF: "topology.kubernetes.io/zone" },
      eniConfig: {
        create: true,
        region: "ap-northeast-2",
        subnets: {
          "ap-northeast-2a": { id: "subnet-a", securityGroups: ["sg-cluster", "sg-node"] },
          "ap-northeast-2c": { id: "subnet-c", securityGroups: ["sg-cluster", "sg-node"] },
        },
      },
    });
  });
});

test.each([
  [false, undefined],
  [true, "Fargate"],
])("CoreDNS, on Fargate only: %s, asks for compute %s", (onFargateOnly, computeType) => {
  expect(corednsConfiguration({ onFargateOnly })).toHaveProperty("replicaCount", 2);
  expect(Object.entries(corednsConfiguration({ onFargateOnly })).find(([key]) => key === "computeType")?.[1]).toBe(computeType);
});

test("EBS volumes of pods carry the platform's tags", () => {
  expect(ebsConfiguration({ owner: "platform" })).toEqual({ controller: { extraVolumeTags: { owner: "platform" } } });
});
