/** Something that a controller left, for tests. */
import type { LeftOver } from "../../../operations/destroy/left-over.ts";

export const leftOver = (kind: LeftOver["kind"], more: Partial<LeftOver> = {}): LeftOver => ({
  kind,
  id: `${kind}-1`,
  name: "",
  madeFor: "",
  data: kind === "volume",
  ...more,
});
