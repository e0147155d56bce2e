/** Environments as plain values. Apart from synth.ts, so that a test of plain values does not load every stack and its bindings. */
import { type Environment, type EnvironmentInput, environmentSchema } from "../../environments/schema.ts";

/** The smallest environment that has every stack. Spread its parts to change one field: `{ network: { ...minimal.network, nat: "none" } }`. */
export const minimal = {
  name: "test",
  account: "111122223333",
  profile: "development",
  owner: "platform@example.com",
  costCentre: "platform",
  repository: "example/mainline",
  network: { cidr: "10.0.0.0/16", zones: ["apne2-az1", "apne2-az2", "apne2-az3"] },
  cluster: {
    endpoint: { publicFrom: ["203.0.113.0/24"] },
    access: { devops: { role: "arn:aws:iam::111122223333:role/devops", policy: "cluster-admin" } },
    nodes: { general: { instances: ["m7i.large"], size: { min: 2, desired: 3, max: 6 } } },
  },
} satisfies EnvironmentInput;

/** A valid environment with the schema's defaults, without those of a profile; what is given replaces whole top-level fields of `minimal`. */
export function environmentOf(overrides: Partial<EnvironmentInput> = {}): Environment {
  return environmentSchema.parse({ ...minimal, ...overrides });
}
