/**
 * Plays Jenkinsfiles and steps of the shared library with the Groovy of Jenkins and without Jenkins. Reads scenarios as JSON from standard input
 * and prints what each called. Steps are written down, not run: `sh` gives what the scenario says, blocks are entered, and a declarative
 * pipeline goes through its stages as Jenkins does (`when`, failures, `post`).
 */
import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import org.codehaus.groovy.control.CompilerConfiguration

class Played {
  Map scenario
  File library
  List calls = []
  List environment = []
  String result = 'SUCCESS'
  Map env = [:]
  Map params = [:]
  GroovyClassLoader loader

  Script load(File file) {
    Script script = (Script) loader.parseClass(new GroovyCodeSource(file)).newInstance()
    ((Steps) script).attach(this)
    return script
  }

  /** What a shell command gives: the scenario's answer for the first words that it begins with. */
  Object shell(String command, boolean output) {
    calls << [step: 'sh', command: command.trim(), env: environment.flatten()]
    def answer = scenario.sh?.find { command.trim().startsWith(it.key) }?.value
    if (answer instanceof Map) throw new RuntimeException("script returned exit code ${answer.fails}: ${command}")
    return output ? (answer ?: '') : null
  }
}

/** Every script's parent: a step that nobody knows is written down, and its block is entered. */
abstract class Steps extends Script {
  Played played

  void attach(Played run) { this.@played = run }

  Object getProperty(String name) {
    switch (name) {
      case 'played': return this.@played
      case 'env': return played.env
      case 'params': return played.params
      case 'currentBuild': return [currentResult: played.result, durationString: '1 min']
      case ['none', 'any', 'scm']: return name
    }
    return played.env.containsKey(name) ? played.env[name] : super.getProperty(name)
  }

  Object methodMissing(String name, Object given) { return step(name, given as List) }
  Object sh(Object words) { return words instanceof Map ? played.shell(words.script.toString(), words.returnStdout) : played.shell(words.toString(), false) }
  Object error(String message) { throw new RuntimeException(message) }
  Object withEnv(List words, Closure body) { return within(words*.toString(), body) }
  Object withCredentials(List words, Closure body) { return within(words.collect { "${it.variable ?: it.passwordVariable}=(secret)".toString() }, body) }
  Object usernamePassword(Map words) { return words }
  Object string(Map words) { return words }
  Object script(Closure body) { return body() }

  Object within(List words, Closure body) {
    played.environment << words
    try { return body() } finally { played.environment.pop() }
  }

  Object step(String name, List given) {
    Closure body = given && given.last() instanceof Closure ? (Closure) given.last() : null
    List words = body ? given.dropRight(1) : given
    File variable = new File(played.library, "vars/${name}.groovy")
    if (variable.exists()) return played.load(variable).invokeMethod('call', given as Object[])
    if (name == 'pipeline') return new Declared(this).play(body)
    played.calls << [step: name, words: words.collect { it instanceof Map ? it.collectEntries { k, v -> [k, v instanceof GString ? v.toString() : v] } : it.toString() }]
    if (played.scenario.refuses == name) throw new RuntimeException("${name} was refused")
    if (body) return body()
    return words ? words.first() : null
  }
}

/** A declarative pipeline: stages in order until one fails, then `post`. */
class Declared {
  Steps steps
  String failure
  Declared(Steps steps) { this.steps = steps }

  Object play(Closure body) {
    into(body, this)
    if (failure) throw new RuntimeException(failure)
    return null
  }

  static void into(Closure body, Object delegate) {
    body.delegate = delegate
    body.resolveStrategy = Closure.DELEGATE_FIRST
    body()
  }

  void agent(Object words) { }
  void options(Closure body) { into(body, new Noted(steps.played, 'option', steps)) }
  void triggers(Closure body) { into(body, new Noted(steps.played, 'trigger', steps)) }
  void parameters(Closure body) {
    into(body, new Expando(booleanParam: { Map p -> steps.played.params.putIfAbsent(p.name, p.defaultValue) }, string: { Map p -> steps.played.params.putIfAbsent(p.name, p.defaultValue) }))
  }
  void environment(Closure body) { into(body, steps.played.env) }
  void stages(Closure body) { body.delegate = this; body.resolveStrategy = Closure.DELEGATE_FIRST; body() }
  void stage(String name, Closure body) {
    if (failure) return
    Stage stage = new Stage(steps)
    into(body, stage)
    steps.played.calls << [step: 'stage', words: [name], skipped: stage.skipped]
    if (stage.skipped) return
    try {
      stage.body.delegate = steps
      stage.body()
    } catch (Exception problem) {
      failure = problem.message
      steps.played.result = 'FAILURE'
    }
  }
  void post(Closure body) {
    boolean failed = failure != null
    Map runs = [always: true, success: !failed, failure: failed, unsuccessful: failed, cleanup: true]
    into(body, new Expando(runs.collectEntries { name, run -> [name, { Closure block -> if (run) Declared.into(block, steps) }] }))
  }
}

class Stage {
  Steps steps
  boolean skipped = false
  Closure body
  Stage(Steps steps) { this.steps = steps }
  void when(Closure conditions) {
    Declared.into(conditions, new Expando(
      branch: { String name -> if (steps.played.env.BRANCH_NAME != name) skipped = true },
      expression: { Closure asked -> asked.delegate = steps; asked.resolveStrategy = Closure.DELEGATE_FIRST; if (!asked()) skipped = true }))
  }
  void options(Closure body) { Declared.into(body, new Noted(steps.played, 'option', steps)) }
  void agent(Object words) { }
  void steps(Closure body) { this.body = body }
}

/** Writes down what stands in a block of settings. */
class Noted {
  Played played
  String kind
  Steps steps
  Noted(Played played, String kind, Steps steps) { this.played = played; this.kind = kind; this.steps = steps }
  Object getEnv() { return played.env }
  Object methodMissing(String name, Object given) {
    if (name != 'logRotator') played.calls << [step: kind, words: [name] + (given as List)]
    return name
  }
}

File library = new File(args[0])
def scenarios = new JsonSlurper().parse(System.in)
def answers = scenarios.collect { scenario ->
  CompilerConfiguration configuration = new CompilerConfiguration(scriptBaseClass: 'Steps')
  GroovyClassLoader loader = new GroovyClassLoader(Steps.classLoader, configuration)
  loader.addClasspath(new File(library, 'src').path)
  Played played = new Played(scenario: scenario, library: library, loader: loader)
  played.env.putAll(scenario.env ?: [:])
  played.params.putAll(scenario.params ?: [:])
  try {
    Script script = played.load(new File(library, scenario.file))
    def value = scenario.file.startsWith('vars/') ? script.invokeMethod('call', (scenario.args ?: []) as Object[]) : script.run()
    [calls: played.calls, value: value instanceof CharSequence ? value.toString() : null, result: played.result]
  } catch (Throwable problem) {
    [calls: played.calls, error: problem.toString(), result: played.result]
  }
}
print JsonOutput.toJson(answers)
