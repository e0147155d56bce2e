/**
 * What a build does, phase by phase. Written here, so that a repository needs no file of its own and a pipeline cannot be turned into another by
 * a commit; one that must differ names its file. Pure: text in, YAML out.
 */
import { stringify } from "yaml";

export interface BuildPlan {
  readonly commands: readonly string[];
  /** Whether an image is built and pushed; its repository is then in IMAGE_REPOSITORY. */
  readonly image: boolean;
}

/** First characters of the commit; CodePipeline and CodeBuild tell it. The same code has the same tag, and a tag that is there stays as it is. */
const tag = `export IMAGE_TAG="\${CODEBUILD_RESOLVED_SOURCE_VERSION:0:12}"`;
const registry = `"\${IMAGE_REPOSITORY%%/*}"`;
const repository = `"\${IMAGE_REPOSITORY#*/}"`;

/**
 * The last image is the cache of the next: layers on the machine are not kept in a VPC. BuildKit reads which they are from the image itself, and only
 * warns where there is none yet (Docker documentation, "Inline cache").
 */
const newest =
  `export LAST_TAG="$(aws ecr describe-images --repository-name ${repository} --filter tagStatus=TAGGED --output json ` +
  `--query 'sort_by(imageDetails, &imagePushedAt)[-1].imageTags[0]' | jq --raw-output '. // "none"')"`;
const builtFromLast =
  'docker build --pull --cache-from "$IMAGE_REPOSITORY:$LAST_TAG" --build-arg BUILDKIT_INLINE_CACHE=1 --tag "$IMAGE_REPOSITORY:$IMAGE_TAG" .';

/** Phases install, pre_build, build and post_build. Source: CodeBuild user guide, "Build specification reference". */
export function buildspec({ commands, image }: BuildPlan): string {
  const login = `aws ecr get-login-password | docker login --username AWS --password-stdin ${registry}`;
  const pushed =
    `if aws ecr describe-images --repository-name ${repository} --image-ids imageTag="$IMAGE_TAG"; ` +
    'then echo "$IMAGE_TAG is there already"; else docker push "$IMAGE_REPOSITORY:$IMAGE_TAG"; fi';
  const phases = {
    install: { commands: ["docker --version || true", "aws --version"] },
    pre_build: { commands: [tag, ...(image ? [login, newest] : [])] },
    build: { commands: [...commands, ...(image ? [builtFromLast] : [])] },
    post_build: {
      commands: [
        // CodeBuild runs it after a failed build, too.
        'test "$CODEBUILD_BUILD_SUCCEEDING" = 1',
        ...(image ? [pushed, 'printf \'{"image":"%s"}\' "$IMAGE_REPOSITORY:$IMAGE_TAG" > image.json'] : []),
      ],
    },
  };
  // Home of the build container, which runs as root (CodeBuild user guide, "Cache builds").
  const cache = { paths: ["/root/.cache/**/*", "/root/.npm/**/*", "/root/.m2/**/*"] };
  return stringify(
    { version: 0.2, env: { shell: "bash", "exported-variables": ["IMAGE_TAG"] }, phases, artifacts: { files: ["**/*"] }, cache },
    { lineWidth: 0 },
  );
}

/** Tests of what a build left. No Docker and no registry: whoever writes tests gets no rights by it. */
export function testspec(commands: readonly string[]): string {
  return stringify({ version: 0.2, env: { shell: "bash" }, phases: { build: { commands: [...commands] } } }, { lineWidth: 0 });
}
