/** Tag of this build's image: its commit, or pr-<number>-<commit> for a pull request. */
String call() {
  return output([COMMIT: env.GIT_COMMIT, NUMBER: env.CHANGE_ID ?: ''], 'image-tag "$COMMIT" "$NUMBER"')
}
