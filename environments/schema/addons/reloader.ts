/** Options of Reloader. */
import { z } from "zod";
import { options } from "./common.ts";

export const reloader = options(
  {
    // Who wants restarts says so by an annotation; a change of a shared ConfigMap must not restart a whole cluster.
    all: z.boolean().default(false).describe("Restart every workload whose ConfigMaps or Secrets change, without an annotation"),
    rollouts: z.boolean().default(false).describe("Restart Rollouts of Argo Rollouts, too"),
    ignoredNamespaces: z.array(z.string().min(1)).default(["kube-system"]).describe("Namespaces that it leaves alone"),
  },
  [{}, { all: true, rollouts: true, ignoredNamespaces: ["kube-system", "monitoring"] }],
);
