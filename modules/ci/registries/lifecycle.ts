/** Which images go, and when: ECR's lifecycle policies. Pure. */
import type { CiConfig } from "../../../environments/schema.ts";

type Keep = CiConfig["registries"]["keep"];

const expire = { type: "expire" };
const since = (days: number) => ({ countType: "sinceImagePushed", countUnit: "days", countNumber: days });

/** Releases: all but the newest go, and soon those that lost their tag. */
export function releasePolicy({ images, untaggedDays }: Pick<Keep, "images" | "untaggedDays">): string {
  return rules(
    { description: "untagged", selection: { tagStatus: "untagged", ...since(untaggedDays) } },
    {
      description: "all but the newest",
      selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: images },
    },
  );
}

/**
 * Images of pull requests: by age. In a repository of their own, for a rule that counts also counts images that a rule before it has taken: beside
 * releases a busy week of pull requests would push these out (ECR user guide, "Lifecycle policy evaluation rules").
 */
export function previewPolicy({ previewDays }: Pick<Keep, "previewDays">): string {
  return rules({ description: "pull requests", selection: { tagStatus: "any", ...since(previewDays) } });
}

/** Numbered in their order, which ECR asks for. */
function rules(...all: readonly { readonly description: string; readonly selection: object }[]): string {
  return JSON.stringify({ rules: all.map((rule, i) => ({ rulePriority: i + 1, ...rule, action: expire })) });
}
