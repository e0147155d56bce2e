/** The documented keys of atlantis.yaml, strictly. Source: Atlantis 0.46, "Repo Level atlantis.yaml Config" and server/core/config/raw. */
import { z } from "zod";

const project = z.strictObject({
  // URL-safe; needed where two projects share a folder.
  name: z.string().regex(/^[\w.~-]+$/),
  dir: z.string().refine((dir) => !dir.split("/").includes("..") && !dir.startsWith("/"), "inside the repository"),
  workspace: z.string().optional(),
  terraform_distribution: z.enum(["terraform", "opentofu"]).optional(),
  terraform_version: z
    .string()
    .regex(/^v?\d+\.\d+\.\d+$/)
    .optional(),
  execution_order_group: z.int().min(0).optional(),
  depends_on: z.array(z.string()).optional(),
  autoplan: z.strictObject({ enabled: z.boolean(), when_modified: z.array(z.string()).min(1) }).optional(),
});

/** Keys of a project that need `allowed_overrides` on the server are left out: one of them makes the whole file invalid there. */
export const documented = z.strictObject({
  version: z.literal(3),
  automerge: z.boolean().optional(),
  parallel_plan: z.boolean().optional(),
  parallel_apply: z.boolean().optional(),
  abort_on_execution_order_fail: z.boolean().optional(),
  autodiscover: z.strictObject({ mode: z.enum(["auto", "enabled", "disabled"]) }),
  projects: z.array(project).refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "names are unique"),
});
