/**
 * Jenkins's configuration as code, one file per concern. `${secret-key}` is a secret that the chart mounts below /run/secrets/additional
 * (configuration-as-code plugin, docs/features/secrets.adoc). Keys of the YAML: the plugins' own, at the versions of plugins.ts.
 */
import { stringify } from "yaml";
import type { JsonValue } from "../../../../environments/schema/addons/common.ts";
import type { AddonOptions } from "../../../../environments/schema/addons.ts";

type Options = AddonOptions<"jenkins">;

/** Names of the mounted Kubernetes secrets. */
export interface SecretNames {
  readonly sso: string;
  readonly github: string;
  readonly slack: string;
}

/** Whom Jenkins knows: GitHub's users, or the one administrator of the chart's secret. */
export function securityRealm({ sso }: Options, names: SecretNames): string {
  if (!sso) {
    const admin = { id: variable("chart-admin-username"), name: "Administrator", password: variable("chart-admin-password") };
    return text({ local: { allowsSignup: false, enableCaptcha: false, users: [admin] } });
  }
  return text({
    github: {
      githubWebUri: "https://github.com",
      githubApiUri: "https://api.github.com",
      clientID: variable(`${names.sso}-client-id`),
      clientSecret: variable(`${names.sso}-client-secret`),
      oauthScopes: "read:org,user:email",
    },
  });
}

const looks = ["Overall/Read", "Job/Read", "View/Read"];
const builds = [...looks, "Job/Build", "Job/Cancel", "Job/Workspace", "Run/Replay"];

/** Who may do what. Nothing for who is only logged in; the chart's default lets everybody do everything. */
export function authorization({ sso }: Options): string {
  const user = (name: string) => ({ user: { name, permissions: ["Overall/Administer"] } });
  if (!sso) return text({ globalMatrix: { entries: [user(variable("chart-admin-username"))] } });
  // The GitHub authentication plugin knows a team as organisation*team.
  const teams = (names: readonly string[], permissions: readonly string[]) =>
    names.map((team) => ({ group: { name: `${sso.organisation}*${team}`, permissions } }));
  return text({ globalMatrix: { entries: [...sso.admins.map(user), ...teams(sso.developers, builds), ...teams(sso.viewers, looks)] } });
}

/** Files of configuration by name. */
export function configScripts(options: Options, names: SecretNames): Readonly<Record<string, string>> {
  const { github, slack } = options;
  const credentials = [...(github ? githubCredentials(github, names.github) : []), ...(slack ? [slackCredential(names.slack)] : [])];
  return {
    system: text({ jenkins: { systemMessage: "Configured as code: changes made here are gone after the next restart." } }),
    ...(credentials.length > 0 && { credentials: text({ credentials: { system: { domainCredentials: [{ credentials }] } } }) }),
    ...(github && {
      github: text({ unclassified: { gitHubPluginConfig: { hookSecretConfigs: [{ credentialsId: "github-webhook" }] } } }),
      jobs: text({ jobs: [{ script: organisationFolder(github) }] }),
    }),
    ...(slack && {
      slack: text({
        unclassified: {
          slackNotifier: { teamDomain: slack.workspace, room: `#${slack.channel}`, botUser: true, tokenCredentialId: "slack" },
        },
      }),
    }),
  };
}

function githubCredentials({ app, organisation }: NonNullable<Options["github"]>, secret: string) {
  return [
    {
      gitHubApp: {
        id: "github",
        description: "GitHub App",
        appID: String(app),
        owner: organisation,
        privateKey: variable(`${secret}-key`),
      },
    },
    {
      string: { id: "github-webhook", description: "Secret of GitHub's calls", scope: "GLOBAL", secret: variable(`${secret}-webhook`) },
    },
  ];
}

function slackCredential(secret: string) {
  return { string: { id: "slack", description: "Slack bot", scope: "GLOBAL", secret: variable(`${secret}-token`) } };
}

/**
 * Job DSL: every repository with a Jenkinsfile, its branches and pull requests from itself. Not those of forks: whoever has one could run
 * what they like with the agents' rights.
 */
function organisationFolder({ organisation, repositories }: NonNullable<Options["github"]>): string {
  return [
    `organizationFolder('${organisation}') {`,
    "  organizations {",
    "    github {",
    `      repoOwner('${organisation}')`,
    "      apiUri('https://api.github.com')",
    "      credentialsId('github')",
    "      traits {",
    `        sourceWildcardFilter { includes('${repositories}'); excludes('') }`,
    "        gitHubBranchDiscovery { strategyId(1) }",
    "        gitHubPullRequestDiscovery { strategyId(1) }",
    "      }",
    "    }",
    "  }",
    "  projectFactories { workflowMultiBranchProjectFactory { scriptPath('Jenkinsfile') } }",
    "  orphanedItemStrategy { discardOldItems { daysToKeep(14) } }",
    "}",
    "",
  ].join("\n");
}

/** A pod template per label: the agent of `default`, and a container in which a Jenkinsfile runs its steps (`container('main')`). */
export function podTemplates({ agents }: Options): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(agents).map(([name, { image, milliCpu, memoryMiB }]) => {
      const main = {
        name: "main",
        image,
        command: "sleep",
        args: "infinity",
        resourceRequestCpu: `${milliCpu}m`,
        resourceRequestMemory: `${memoryMiB}Mi`,
        resourceLimitMemory: `${memoryMiB}Mi`,
      };
      return [name, text([{ name, label: name, inheritFrom: "default", yamlMergeStrategy: "merge", containers: [main] }])];
    }),
  );
}

/** A reference that the configuration-as-code plugin resolves. */
function variable(name: string): string {
  return `\${${name}}`;
}

function text(content: JsonValue | object): string {
  return stringify(content, { lineWidth: 0, aliasDuplicateObjects: false });
}
