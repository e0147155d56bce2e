/** Where states are, and what Terraform itself is told: moves, imports, outputs, checks. */
import { type Attributes, add, at, type Case, policy, ref, remove } from "../../case.ts";

const oldVersions = "aws_s3_bucket_lifecycle_configuration.storage_old-versions";
const stateRule =
  (edit: (rule: Attributes) => void): Case["change"] =>
  (draft) => {
    const [rule] = at(draft, oldVersions).rule as Attributes[];
    if (rule) edit(rule);
  };

export const states: readonly Case[] = [
  {
    id: "moved-and-renamed",
    base: "sample",
    finds: ["destroy", "replace"],
    at: "aws_s3_bucket.archive",
    change: (draft) => {
      remove("aws_s3_bucket.logs")(draft);
      add("aws_s3_bucket.archive", { bucket: "sample-archive" })(draft);
      draft.moved = [{ from: "aws_s3_bucket.logs", to: "aws_s3_bucket.archive" }];
    },
  },
  {
    id: "import-that-opens",
    base: "sample",
    finds: ["import-changes", "network-"],
    at: "adopted",
    change: (draft) => {
      add("aws_default_security_group.adopted", {
        vpc_id: ref("aws_vpc.main.id"),
        ingress: [
          {
            from_port: 22,
            to_port: 22,
            protocol: "tcp",
            cidr_blocks: ["0.0.0.0/0"],
            description: "",
            ipv6_cidr_blocks: [],
            prefix_list_ids: [],
            security_groups: [],
            self: false,
          },
        ],
      })(draft);
      draft.import = [{ to: "aws_default_security_group.adopted", id: ref("aws_vpc.main.default_security_group_id") }];
    },
  },
  {
    id: "output-points-elsewhere",
    base: "sample",
    finds: ["contract-"],
    change: (draft) => {
      draft.output = { ...draft.output, vpcId: { value: "vpc-0a1b2c3d4e5f60718" } };
    },
  },
  {
    id: "check-fails",
    base: "sample",
    finds: ["check-"],
    change: (draft) => {
      draft.check = {
        encrypted: {
          assert: [{ condition: ref("aws_db_instance.orders.allocated_storage > 1000"), error_message: "The database is too small." }],
        },
      };
    },
  },
  {
    id: "states-expire",
    base: "state",
    finds: ["state-store", "s3-lifecycle-"],
    at: "old-versions",
    change: stateRule((rule) => {
      rule.expiration = [{ days: 30 }];
    }),
  },
  {
    id: "states-versions-for-a-day",
    base: "state",
    finds: ["state-store", "s3-lifecycle-"],
    at: "old-versions",
    change: stateRule((rule) => {
      rule.noncurrent_version_expiration = [{ noncurrent_days: 1 }];
    }),
  },
  {
    id: "states-for-other-accounts",
    base: "state",
    finds: ["state-store", "iam-", "s3-"],
    at: "storage_policy",
    change: policy("aws_s3_bucket_policy.storage_policy", "policy", (document) => {
      document.Statement = document.Statement.filter(({ Condition }) => !JSON.stringify(Condition ?? {}).includes("aws:PrincipalAccount"));
    }),
  },
  {
    id: "states-key-without-its-guard",
    base: "state",
    finds: ["state-store", "kms-", "iam-"],
    at: "encryption_key",
    change: policy("aws_kms_key.encryption_key", "policy", (document) => {
      document.Statement = document.Statement.filter(({ Effect }) => Effect === "Allow");
    }),
  },

  // Harmless: more of the same, or kept longer.
  {
    id: "states-kept-longer",
    base: "state",
    // Harmless, and asked about all the same: whatever touches the place of all states is.
    finds: ["state-store"],
    change: stateRule((rule) => {
      rule.noncurrent_version_expiration = [{ noncurrent_days: 730 }];
    }),
  },
];
