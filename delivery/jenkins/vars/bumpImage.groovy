/**
 * Asks for a deployment: writes the image into the config repository, from where Argo CD takes it. `credentials` is a GitHub App's id in
 * Jenkins; its token is only in the environment of this one step.
 *
 *   bumpImage(service: 'shop-api', environment: 'dev', tag: tag, digest: digest, repository: 'https://github.com/example/shop-config.git', credentials: 'config-bot')
 */
def call(Map settings) {
  withCredentials([usernamePassword(credentialsId: settings.credentials, usernameVariable: 'APP', passwordVariable: 'CONFIG_TOKEN')]) {
    withEnv([
      "SERVICE=${settings.service}",
      "ENVIRONMENT=${settings.environment}",
      "TAG=${settings.tag}",
      "DIGEST=${settings.digest}",
      "CONFIG=${settings.repository}",
      "NOTE=Build: ${env.BUILD_URL}",
      "BOT_NAME=${settings.bot ?: 'jenkins'}"
    ]) {
      sh 'bump-image "$SERVICE" "$ENVIRONMENT" "$TAG" --digest "$DIGEST" --repository "$CONFIG" --note "$NOTE"'
    }
  }
}
