/** Registries: whether an image stays what it was, and is looked at. */
import type { Detector } from "../model.ts";
import type { Kind } from "../reading/changes.ts";
import { type Switch, switched, turnsOff } from "../reading/switches.ts";

const repositories = ["aws_ecr_repository"];
const mutable: Kind = {
  rule: "ecr-tags-mutable",
  danger: "caution",
  because: "Whoever may push can put another image behind a tag that is deployed already (FSBP ECR.2)",
  remedy: "keep tags immutable; push a new tag",
};
const unscanned: Kind = { rule: "ecr-scan-off", danger: "caution", because: "Known holes in images are no longer found (FSBP ECR.1)" };

const moves: Switch["tells"] = (after, before) => String(after).startsWith("MUTABLE") && !String(before).startsWith("MUTABLE");

const rows: readonly Switch[] = [
  { types: repositories, path: ["image_tag_mutability"], tells: moves, onCreate: false, kind: mutable, what: "its tags may move" },
  {
    types: repositories,
    path: ["image_scanning_configuration", "scan_on_push"],
    tells: turnsOff,
    onCreate: false,
    kind: unscanned,
    what: "its images are not scanned any more",
  },
];

export const ecrRepositories: Detector = (plan) => switched(plan, rows);
