/** Kubernetes version of one environment. */
import { kubernetes, kubernetesVersions } from "../versions.ts";
import type { Check } from "./check.ts";

/** A minor without a row in versions.ts has no add-on versions and no node image. No clock here: `doctor` says whose support has ended. */
export const versionKnown: Check = ({ cluster }) => {
  const version = cluster?.version ?? kubernetes;
  if (!cluster || Object.hasOwn(kubernetesVersions, version)) return [];
  const known = Object.keys(kubernetesVersions).join(", ");
  const remedy = `Choose among ${known}, or add its add-on versions and node image there`;
  return [{ path: "cluster.version", found: version, wrong: "is not in environments/versions.ts", remedy }];
};
