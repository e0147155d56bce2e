/** Mistakes between add-ons and the rest of an environment. */
import { describe, expect, test } from "@jest/globals";
import { complaint, said } from "./mistakes.ts";

const controller = { "aws-load-balancer-controller": {} };
const argoCd = { host: "argocd.dev.example.com" };
const fargateOnly = {
  "dev.cluster.nodes": {},
  "dev.cluster.fargate": { system: { selectors: [{ namespace: "kube-system" }] } },
};
const sso = { issuer: "https://argocd.dev.example.com/api/dex", secret: "workflows", admins: ["example:platform"] };
const one = { general: { instances: ["m7i.large"], size: { min: 1, desired: 1, max: 2 } } };

describe("what does not go together is told with the remedy", () => {
  test.each([
    [
      "Karpenter where the cluster has nothing for its nodes",
      { "dev.addons": { karpenter: {} }, "dev.cluster.karpenter": false },
      "addons.karpenter  has no role for its nodes. Set cluster.karpenter to true, or take karpenter out.",
    ],
    [
      "snapshots on Fargate alone",
      { ...fargateOnly, "dev.addons": { "storage-classes": {} } },
      "addons.storage-classes.snapshots  is true, but on Fargate alone there are no EBS volumes. Set it to false.",
    ],
    [
      "a shipper without a sink",
      { "dev.addons": { "fluent-bit": {} } },
      "addons.fluent-bit  has nowhere to ship logs to. Add `efk` (with `eck-operator` and `storage-classes`) to addons, or name a domain in `opensearch`.",
    ],
    [
      "a shipper whose user Elasticsearch does not know",
      { "dev.addons": { efk: { users: ["reader"] }, "fluent-bit": { user: "shipper" } } },
      'addons.fluent-bit.user  "shipper" is no user of Elasticsearch. Add it to addons.efk.users, or drop it to ship as the operator\'s own user.',
    ],
    [
      "logs in Grafana of an Elasticsearch that is not there",
      { "dev.addons": { "kube-prometheus-stack": { grafana: { logs: {} } } } },
      'addons.kube-prometheus-stack.grafana.logs  "https://elasticsearch-es-http.logging.svc:9200" is the Elasticsearch of efk, which is not chosen.',
    ],
    [
      "a host without a load balancer",
      { "dev.addons": { "argo-cd": argoCd } },
      'addons.argo-cd.host  "argocd.dev.example.com" has no load balancer. Add `aws-load-balancer-controller` to addons.',
    ],
    [
      "a webhook of a class that is not made",
      { "dev.addons": { ...controller, "argo-cd": { ...argoCd, webhook: { secret: "hook", host: "hook.example.com" } } } },
      'addons.argo-cd.webhook  "hook.example.com" is of the class alb-public, which is not made. Set addons.aws-load-balancer-controller.public to true',
    ],
    [
      "internal and public on one load balancer",
      { "dev.addons": { "aws-load-balancer-controller": { scheme: "internet-facing", group: "shared" } } },
      'addons.aws-load-balancer-controller.group  "shared" puts internal user interfaces of add-ons and internet-facing Ingresses on one load balancer.',
    ],
    [
      "a login that cannot come back",
      { "dev.addons": { "argo-workflows": { sso } } },
      "addons.argo-workflows.sso  has no address to come back to. Set `host`, or drop `sso`.",
    ],
    [
      "more runners at least than at most",
      { "dev.addons": { "gha-runner-scale-set": { secret: "app", min: 5, max: 2 } } },
      "addons.gha-runner-scale-set.min  5 is above max 2. Lower it, or raise max.",
    ],
    [
      "three copies on two nodes",
      { "prod.cluster.nodes": one, "prod.addons": { efk: {} } },
      "addons.efk  runs three pods on three nodes in production, but groups without taints have 2 at most.",
    ],
  ])("%s", (_, changes, expected) => expect(said(changes)).toContain(expected));
});

describe("what goes together is valid", () => {
  test.each([
    ["Karpenter where the cluster has it", { "dev.addons": { karpenter: {} }, "dev.cluster.karpenter": true }],
    ["Fargate alone without snapshots", { ...fargateOnly, "dev.addons": { "storage-classes": { snapshots: false } } }],
    ["a shipper to efk as one of its users", { "dev.addons": { efk: { users: ["shipper"] }, "fluent-bit": { user: "shipper" } } }],
    [
      "a shipper to OpenSearch Service, without efk",
      {
        "dev.addons": {
          "fluent-bit": {
            opensearch: { endpoint: "logs.ap-northeast-2.es.amazonaws.com", domain: "arn:aws:es:ap-northeast-2:111122223333:domain/logs" },
          },
        },
      },
    ],
    [
      "logs in Grafana of another Elasticsearch",
      { "dev.addons": { "kube-prometheus-stack": { grafana: { logs: { url: "https://logs.example.com" } } } } },
    ],
    [
      "a webhook of the public class, and one of another",
      {
        "dev.addons": {
          "aws-load-balancer-controller": { public: true },
          "argo-cd": { ...argoCd, webhook: { secret: "hook", host: "hook.example.com" } },
        },
        "prod.addons": {
          ...controller,
          "argo-cd": { ...argoCd, webhook: { secret: "hook", host: "hook.example.com", ingressClass: "mine" } },
        },
      },
    ],
    ["a login with a host", { "dev.addons": { ...controller, "argo-workflows": { host: "workflows.dev.example.com", sso } } }],
    ["three copies where Karpenter adds nodes", { "prod.cluster.nodes": one, "prod.cluster.karpenter": true, "prod.addons": { efk: {} } }],
  ])("%s", (_, changes) => expect(complaint(changes)).toBe(""));
});
