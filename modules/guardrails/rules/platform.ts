/** What every stack has, checked on what is written and not on the class that writes it. */
import { blocksOf, isObject, listOf } from "../../terraform-json.ts";
import { isTrue, type Rule } from "../rule.ts";

const requiredTags = ["project", "environment", "stack", "owner", "cost-centre", "repository"];

export const everythingTagged: Rule = {
  id: "default-tags",
  title: "Everything says whose it is, by default tags",
  why: "Costs, alarms and incidents need an owner (Well-Architected COST03-BP02)",
  applies: ["provider.aws"],
  holds: (attributes) =>
    blocksOf(attributes, "default_tags").some(({ tags }) => isObject(tags) && requiredTags.every((tag) => typeof tags[tag] === "string")),
  remedy: `set default_tags with ${requiredTags.join(", ")}`,
};

export const oneAccount: Rule = {
  id: "one-account",
  title: "A stack can only be applied to its own account",
  why: "With the wrong credentials in the shell, production would be planned from dev's code",
  applies: ["provider.aws"],
  holds: ({ allowed_account_ids: accounts }, { environment }) =>
    listOf(accounts).length === 1 && listOf(accounts)[0] === environment.account,
  remedy: "set allowedAccountIds to the environment's account",
};

export const stateLockedAndEncrypted: Rule = {
  id: "state-safe",
  title: "State is in S3, encrypted with our key, locked, in its own account",
  why: 'State shows every address and id; two applies at once break it (Terraform documentation, "S3 backend")',
  applies: ["terraform"],
  holds: (attributes, { environment }) =>
    blocksOf(attributes, "backend")
      .flatMap((backend) => blocksOf(backend, "s3"))
      .some(
        (s3) =>
          isTrue(s3.encrypt) &&
          isTrue(s3.use_lockfile) &&
          typeof s3.kms_key_id === "string" &&
          listOf(s3.allowed_account_ids).includes(environment.account),
      ),
  remedy: "derive the stack from PlatformStack",
};

export const providersBounded: Rule = {
  id: "providers-bounded",
  title: "Providers and Terraform have a version constraint; providers an upper bound, too",
  why: "A new major version may replace resources on the next plan",
  applies: ["terraform"],
  holds: (attributes) => {
    const providers = blocksOf(attributes, "required_providers").flatMap((all) => Object.values(all));
    return (
      typeof attributes.required_version === "string" &&
      providers.every((provider) => isObject(provider) && /(<|~>|^\d|^=)/.test(String(provider.version ?? "")))
    );
  },
  remedy: "set it in environments/versions.ts",
};

/** Attributes of the AWS provider that hold a secret. */
const secretAttribute =
  /\.(password|secret|secret_string|secret_binary|private_key|private_key_pem|token|auth_token|ses_smtp_password_v4)\b/;

export const noSecretsPublished: Rule = {
  id: "outputs-no-secrets",
  title: "No output is a secret",
  why: "Whoever may read the state of a stack reads its outputs in plain text; other stacks need the ARN only",
  applies: ["output"],
  holds: ({ sensitive, value }) => !isTrue(sensitive) && !secretAttribute.test(JSON.stringify(value ?? "")),
  remedy: "publish the ARN of the secret and let the reader ask Secrets Manager",
};
