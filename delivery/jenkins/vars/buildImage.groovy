/**
 * Builds the image of the workspace, pushes it, and waits for the registry's scan. Returns its digest; fails where the scan found too much.
 * Run again it builds nothing that is there already.
 *
 *   buildImage(repository: '<registry>/<team>/<service>', tag: '3f9c2d1b4a5e', worstFinding: 'MEDIUM')
 */
String call(Map settings) {
  String repository = settings.repository
  String digest = output([TARGET: "${repository}:${settings.tag}"], 'build-image . "$TARGET"')
  // The registry's name is not part of the repository's.
  String name = repository.substring(repository.indexOf('/') + 1)
  withEnv(["REPOSITORY=${name}", "DIGEST=${digest}", "WORST=${settings.worstFinding ?: 'MEDIUM'}"]) {
    sh 'wait-for-scan "$REPOSITORY" "$DIGEST" "$WORST"'
  }
  return digest
}
