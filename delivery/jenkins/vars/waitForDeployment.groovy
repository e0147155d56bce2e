/**
 * Waits for the end of a deployment and fails with it.
 *
 *   waitForDeployment(argocd: 'shop-api', server: 'argocd.dev.example.com', credentials: 'argocd-reader')
 *   waitForDeployment(codedeploy: 'd-AB1CD2EF3')
 */
def call(Map settings) {
  if (settings.codedeploy) {
    withEnv(["DEPLOYMENT=${settings.codedeploy}"]) {
      sh 'wait-for-codedeploy "$DEPLOYMENT"'
    }
    return
  }
  if (!settings.argocd || !settings.server || !settings.credentials) {
    error 'waitForDeployment: say either codedeploy, or argocd with server and credentials.'
  }
  withCredentials([string(credentialsId: settings.credentials, variable: 'ARGOCD_AUTH_TOKEN')]) {
    withEnv(["APPLICATION=${settings.argocd}", "ARGOCD_SERVER=${settings.server}", "SECONDS_TO_WAIT=${settings.seconds ?: 600}"]) {
      sh 'wait-for-argocd "$APPLICATION" "$SECONDS_TO_WAIT"'
    }
  }
}
