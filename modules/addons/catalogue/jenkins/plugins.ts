/**
 * Plugins of Jenkins 2.568, each at one version. The first four are the chart's own (values.yaml of 5.9.53); the others are published
 * plugin sets for the same Jenkins. With `installLatestPlugins: false` their dependencies are the oldest that they accept, which is the
 * same on every day.
 */
export const plugins = [
  "configuration-as-code:2115.vf6de120eef70",
  "git:5.10.1",
  "kubernetes:4540.v612369217f87",
  "workflow-aggregator:608.v67378e9d3db_1",
  "credentials-binding:728.v902a_273b_8947",
  "github-branch-source:1983.vfa_27ed961853",
  "github-oauth:685.v53b_070455063",
  "github:1.47.0",
  "job-dsl:3732.v9a_c49a_61a_313",
  "matrix-auth:3.3",
  "prometheus:860.v532442b_44e9a_",
  "slack:795.v4b_9705b_e6d47",
  "timestamper:1.30",
] as const;
