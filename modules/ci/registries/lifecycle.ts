/** Which images go, and when: ECR's lifecycle policy of every repository. Pure. */
import type { CiConfig } from "../../../environments/schema.ts";

type Keep = CiConfig["registries"]["keep"];

/** Tags of images from pull requests begin with it. */
export const previewPrefix = "pr-";

/**
 * Rules in the order of their priority; an image is taken by the first that matches. The one for all tags must come last, for the pull requests'
 * images would else be counted among the releases. Source: ECR user guide, "Lifecycle policy properties".
 */
export function lifecyclePolicy({ images, untaggedDays, previewDays }: Keep): string {
  const expire = { type: "expire" };
  const since = (days: number) => ({ countType: "sinceImagePushed", countUnit: "days", countNumber: days });
  return JSON.stringify({
    rules: [
      { rulePriority: 1, description: "untagged", selection: { tagStatus: "untagged", ...since(untaggedDays) }, action: expire },
      {
        rulePriority: 2,
        description: "pull requests",
        selection: { tagStatus: "tagged", tagPrefixList: [previewPrefix], ...since(previewDays) },
        action: expire,
      },
      {
        rulePriority: 3,
        description: "all but the newest",
        selection: { tagStatus: "tagged", tagPatternList: ["*"], countType: "imageCountMoreThan", countNumber: images },
        action: expire,
      },
    ],
  });
}
