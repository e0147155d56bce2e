/**
 * Takes away what Docker keeps on one agent and nobody has used for a while. Waits for the agent's one executor, so no build runs there meanwhile.
 *
 *   pruneDocker(agent: 'docker-1', keepHours: '168')
 */
def call(Map settings) {
  String hours = settings.keepHours
  if (!(hours ==~ /[1-9][0-9]{0,4}/)) error "pruneDocker: keepHours is \"${hours}\", not a number of hours"
  node(settings.agent) {
    withEnv(["UNTIL=until=${hours}h"]) {
      sh '''
        docker container prune --force --filter "$UNTIL"
        docker image prune --all --force --filter "$UNTIL"
        docker network prune --force --filter "$UNTIL"
        docker builder prune --all --force --filter "$UNTIL"
        # Volumes know no age: only those without a name, which belonged to containers that are gone.
        docker volume prune --force
      '''
    }
  }
}
