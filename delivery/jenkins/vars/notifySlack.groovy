import mainline.SlackText

/**
 * Tells the result of this build in Slack. News of a build must not fail it, so a Slack that does not answer is a line in the log.
 *
 *   notifySlack(channel: '#shop', title: 'shop-api 3f9c2d1b4a5e')
 */
def call(Map settings) {
  String result = currentBuild.currentResult
  String title = SlackText.escaped(SlackText.cut(settings.title ?: env.JOB_NAME, 150))
  String where = SlackText.escaped(SlackText.cut(env.BRANCH_NAME ?: '', 200))
  try {
    slackSend(
      channel: settings.channel,
      color: SlackText.colour(result),
      message: "*${result}*: ${title}\n${where} · <${env.BUILD_URL}|Build ${env.BUILD_NUMBER}> · ${currentBuild.durationString}",
      failOnError: false
    )
  } catch (Exception problem) {
    echo "Slack: the message was not sent: ${problem.message}"
  }
}
