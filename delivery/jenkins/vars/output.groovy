/** What a command prints, without the line end. Words go by the environment: nothing of a branch or title becomes shell. */
String call(Map<String, String> words, String command) {
  List<String> environment = []
  for (String key in words.keySet()) environment.add("${key}=${words[key]}".toString())
  String printed = ''
  withEnv(environment) {
    printed = sh(script: command, returnStdout: true).trim()
  }
  return printed
}
