/**
 * Puts the platform's scripts (delivery/bin, gitops/bin) on the PATH of the steps in it. They are one version: PLATFORM_REF of the pipeline.
 *
 *   withPlatformScripts { sh 'image-tag "$GIT_COMMIT"' }
 */
def call(Closure body) {
  String folder = "${env.WORKSPACE_TMP}/platform"
  dir(folder) {
    checkout scmGit(
      branches: [[name: env.PLATFORM_REF]],
      userRemoteConfigs: [[url: env.PLATFORM_URL, credentialsId: env.GITHUB_CREDENTIALS]],
      extensions: [
        cloneOption(noTags: true),
        sparseCheckout(sparseCheckoutPaths: [[path: 'delivery/bin'], [path: 'gitops/bin']])
      ]
    )
  }
  withEnv(["PATH+DELIVERY=${folder}/delivery/bin", "PATH+GITOPS=${folder}/gitops/bin"]) {
    body()
  }
}
