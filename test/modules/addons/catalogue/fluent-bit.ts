import type { Rights } from "../../../support/iam.ts";

const domain = "arn:aws:es:ap-northeast-2:111122223333:domain/logs";

export const rights: Rights = {
  needed: { "send a bulk request": { action: "es:ESHttpPost", resource: `${domain}/_bulk` } },
  forbidden: {
    "read logs": { action: "es:ESHttpGet", resource: `${domain}/k8s-apps-2026.01.01/_search` },
    "delete an index": { action: "es:ESHttpDelete", resource: `${domain}/k8s-apps-2026.01.01` },
    "change a template": { action: "es:ESHttpPut", resource: `${domain}/_index_template/k8s-logs` },
    "write to another domain": { action: "es:ESHttpPost", resource: "arn:aws:es:ap-northeast-2:111122223333:domain/logs-prod/_bulk" },
    "delete the domain": { action: "es:DeleteDomain", resource: domain },
    "change who may use the domain": { action: "es:UpdateDomainConfig", resource: domain },
    "pass a role": { action: "iam:PassRole", resource: "arn:aws:iam::111122223333:role/devops" },
  },
};
