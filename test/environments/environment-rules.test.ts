/** Mistakes of an environment as a whole, and between environments. */
import { expect, test } from "@jest/globals";
import { said } from "./mistakes.ts";

/** prod in dev's account, without a cluster. */
const guest = {
  "prod.account": "111122223333",
  "prod.state": { sharedWith: "dev" },
  "prod.protection": {},
  "prod.cluster": undefined,
};
const organization = (digit: number) => ({ circleci: { organization: `00000000-0000-0000-0000-00000000000${digit}` } });

test.each([
  {
    mistake: "a copied file whose name was not changed",
    changes: { "dev.name": "development" },
    says: 'name  "development" is not the file\'s name. Name it "dev", or rename the file.',
  },
  {
    mistake: "a copied file that still has the name and the rest of another: nothing is said of what is right",
    changes: { "prod.name": "dev" },
    says: 'name  "dev" is not the file\'s name. Name it "prod", or rename the file.',
  },
  {
    mistake: "names too long for buckets",
    changes: { "dev.project": "engineering-platform-of-seoul" },
    says: 'name  "dev" makes "engineering-platform-of-seoul-dev" with 33 characters, and bucket names have room for 27. Choose a shorter project or environment name.',
  },
  {
    mistake: "an AWS provider that was not tried",
    changes: { "dev.awsProvider": "7.1.0" },
    says: 'awsProvider  "7.1.0" is not in the tried range from 5.100.0 to below 7.0.0. Choose a version in it.',
  },
  {
    mistake: "an AWS provider that is too old",
    changes: { "dev.awsProvider": "5.99.1" },
    says: 'awsProvider  "5.99.1" is not in the tried range from 5.100.0 to below 7.0.0. Choose a version in it.',
  },
  {
    mistake: "a production cluster that any role may delete",
    changes: { "prod.protection.deletionRole": undefined },
    says: "protection.deletionRole  is missing, and the profile is production. Name the one role that may delete the cluster; all others get an explicit deny.",
  },
  {
    mistake: "a cluster without a network",
    changes: { "dev.network": undefined },
    says: "network  is missing, and the cluster needs one. Add a network or drop the cluster.",
  },
  {
    mistake: "the addresses of another environment",
    changes: { "prod.network.cidr": "10.10.0.0/16" },
    says: 'network.cidr  "10.10.0.0/16" overlaps dev\'s 10.10.0.0/16. Give each environment its own block, for example 10.20.0.0/16.',
  },
  {
    mistake: "addresses inside another environment's",
    changes: { "prod.network.cidr": "10.10.128.0/20" },
    says: 'network.cidr  "10.10.128.0/20" overlaps dev\'s 10.10.0.0/16. Give each environment its own block, for example 10.20.0.0/20.',
  },
  {
    mistake: "the pod addresses of another environment",
    changes: { "dev.network.pods": { cidr: "100.65.0.0/18" } },
    says: 'network.pods.cidr  "100.65.0.0/16" overlaps dev\'s 100.65.0.0/18. VPCs with a block in common can never be peered; take your own, for example 100.64.0.0/16.',
  },
  {
    mistake: "a Kubernetes version that nobody prepared",
    changes: { "dev.cluster.version": "1.29" },
    says: 'cluster.version  "1.29" is not in environments/versions.ts. Choose among 1.34, 1.35, or add its add-on versions and node image there.',
  },
  {
    mistake: "production ahead of development",
    changes: { "dev.cluster.version": "1.34", "prod.cluster.version": "1.35" },
    says: 'cluster.version  "1.35" is ahead of dev\'s 1.34. Upgrade dev first; the order is that of environments/index.ts.',
  },
  {
    mistake: "two environments of one account, each with a state bucket",
    changes: {
      "prod.account": "111122223333",
      "prod.protection.deletionRole": "arn:aws:iam::111122223333:role/devops",
      "prod.cluster": undefined,
    },
    says: 'account  "111122223333" is also dev\'s, which has a state bucket there. Set state.sharedWith to "dev", or give the environment an account of its own.',
  },
  {
    mistake: "a state bucket of an environment that does not exist",
    changes: { "prod.state.sharedWith": "staging" },
    says: 'state.sharedWith  "staging" is not an environment. Choose among dev.',
  },
  {
    mistake: "a state bucket of another account",
    changes: { "prod.state.sharedWith": "dev" },
    says: 'state.sharedWith  "dev" has another account: "111122223333". A bucket is shared within one account, region and project.',
  },
  {
    mistake: "its own state bucket, shared",
    changes: { "prod.state.sharedWith": "prod" },
    says: 'state.sharedWith  "prod" is this environment itself. Drop it: an environment has its own bucket by default.',
  },
  {
    mistake: "two environments of one account, each with a provider of GitHub's tokens",
    changes: { ...guest, "dev.ci": { github: {} }, "prod.ci": { github: {} } },
    says: 'ci.github.provider  "make" is dev\'s, too, which is in the same account. Set it to "existing": an account has one OIDC provider per issuer of tokens.',
  },
  {
    mistake: "no mistake: the second environment of an account uses the first one's provider",
    changes: { ...guest, "dev.ci": { github: {} }, "prod.ci": { github: { provider: "existing" } } },
    says: "",
  },
  {
    mistake: "no mistake: two organizations of CircleCI have an issuer each",
    changes: { ...guest, "dev.ci": organization(1), "prod.ci": organization(2) },
    says: "",
  },
  {
    mistake: "a waiver twice",
    changes: {
      "dev.waivers": [
        { rule: "flow-logs", stack: "network", resource: "aws_vpc.vpc", reason: "moved to the account's own trail", until: "2027-03-31" },
        { rule: "flow-logs", stack: "network", resource: "aws_vpc.vpc", reason: "moved to the account's own trail", until: "2027-03-31" },
      ],
    },
    says: 'waivers[1]  "flow-logs for network aws_vpc.vpc" is waived already. Keep one of them, with one date.',
  },
])("$mistake", ({ changes, says }) => expect(said(changes)).toBe(says));
