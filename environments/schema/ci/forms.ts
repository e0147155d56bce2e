/** Forms of values that only CI has: repositories as tokens name them, branches, ids of other companies' systems. */
import { z } from "zod";

/**
 * A repository as the tokens of GitHub Actions say it. Repositories with immutable subjects carry the ids of owner and repository
 * (GitHub documentation, "OpenID Connect", immutable subject claims).
 */
export const subjectRepository = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]*(@\d+)?\/[\w.-]+(@\d+)?$/)
  .meta({
    form: 'a repository as owner/name, or with ids where its tokens carry them: "example/shop-api" or "example@1234/shop-api@5678"',
  });

/** A repository as people write it. */
export const sourceRepository = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]*(\/[\w.-]+)+$/)
  .meta({ form: 'a repository as owner/name, for example "example/shop-api"' });

const branchName = "[A-Za-z0-9][\\w.-]*(\\/[\\w.-]+)*";

/** One branch. */
export const branch = z
  .string()
  .regex(new RegExp(`^${branchName}$`))
  .meta({ form: 'the name of one branch, for example "main"' });

/** A branch or all below a folder. A bare `*` would let every branch in, and with it everybody who may push. */
export const branchPattern = z
  .string()
  .regex(new RegExp(`^${branchName}(\\/\\*)?$`))
  .meta({ form: 'a branch or the branches below a folder, for example "main" or "release/*"; never "*"' });

/** A service or pipeline: it becomes part of role names of at most 64 characters. */
export const shortLabel = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,22}[a-z0-9]$/)
  .meta({ form: "a name of 2 to 24 lower-case letters, digits and hyphens that begins with a letter" });

export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .meta({ form: 'an id of CircleCI, for example "12345678-90ab-cdef-1234-567890abcdef"' });

export const secretArn = z
  .string()
  .regex(/^arn:aws:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]+$/)
  .meta({ form: 'the ARN of a secret, for example "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:slack-AbCdEf"' });
