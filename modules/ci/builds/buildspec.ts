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

/** Phases install, pre_build, build and post_build. Source: CodeBuild user guide, "Build specification reference". */
export function buildspec({ commands, image }: BuildPlan): string {
  const login = `aws ecr get-login-password | docker login --username AWS --password-stdin ${registry}`;
  const pushed =
    `if aws ecr describe-images --repository-name "\${IMAGE_REPOSITORY#*/}" --image-ids imageTag="$IMAGE_TAG"; ` +
    'then echo "$IMAGE_TAG is there already"; else docker push "$IMAGE_REPOSITORY:$IMAGE_TAG"; fi';
  const phases = {
    install: { commands: ["docker --version || true", "aws --version"] },
    pre_build: { commands: [tag, ...(image ? [login] : [])] },
    build: { commands: [...commands, ...(image ? ['docker build --pull --tag "$IMAGE_REPOSITORY:$IMAGE_TAG" .'] : [])] },
    post_build: {
      commands: [
        // CodeBuild runs it after a failed build, too.
        'test "$CODEBUILD_BUILD_SUCCEEDING" = 1',
        ...(image ? [pushed, 'printf \'{"image":"%s"}\' "$IMAGE_REPOSITORY:$IMAGE_TAG" > image.json'] : []),
      ],
    },
  };
  // Home of the build container, which runs as root (CodeBuild user guide, "Cache builds").
  const caches = image ? {} : { cache: { paths: ["/root/.cache/**/*", "/root/.npm/**/*", "/root/.m2/**/*"] } };
  return stringify(
    { version: 0.2, env: { shell: "bash", "exported-variables": ["IMAGE_TAG"] }, phases, artifacts: { files: ["**/*"] }, ...caches },
    { lineWidth: 0 },
  );
}

/** Tests of what a build left. No Docker and no registry: whoever writes tests gets no rights by it. */
export function testspec(commands: readonly string[]): string {
  return stringify({ version: 0.2, env: { shell: "bash" }, phases: { build: { commands: [...commands] } } }, { lineWidth: 0 });
}
