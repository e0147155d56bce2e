/** Names that somebody could give to a resource, a value or an output, to act in a comment or to hide in it. */

import { emptyPlan, review } from "../../review/index.ts";
import type { Review } from "../../review/review.ts";
import { created, deleted, metaOf, plan, replaced, updated } from "./plans.ts";
import { policy } from "./scenes.ts";

export const hostileNames: Readonly<Record<string, string>> = {
  "a pipe": "a|b|c",
  "an escaped pipe": "a\\|b",
  backticks: "a`b``c```d",
  "backticks around a mention": "a` @octocat #1 https://evil.example <b>x</b> `b",
  "backticks around a cell": "a` | ✅ | `b",
  "a backtick at the end": "name`",
  "a backslash before a backtick": "a\\`b",
  "a fence": "```\n# Approved\n```diff",
  "a mention": "@everyone and @octocat/team",
  "a reference": "#1 GH-2 octocat/repo#3",
  "a line break": "a\n\n## ✅ Approved by security\n\n- [x] done",
  "a return": "a\r\n| x | y |\r\n| - | - |",
  "an image": "![x](https://evil.example/pixel.png)",
  "a link": "[approve](https://evil.example) https://evil.example www.evil.example",
  "a reference link": "[x][1]\n\n[1]: https://evil.example",
  "an element": "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "the end of our elements": "</code></summary></details><h1>✅</h1>",
  "a marker of ours": "<!-- mainline-review plans 1 -->",
  "an open comment": "<!-- ",
  "an open CDATA": "<![CDATA[",
  entities: "&lt;b&gt; &#64;octocat &amp;",
  emphasis: "**bold** _it_ ~~gone~~ ***",
  "a heading": "# Heading",
  "a list": "- [ ] task",
  "a number": "1. one",
  "a quotation": "> quoted",
  mathematics: "$\\color{red}{x}$ $`x`$",
  "an emoji's name": ":white_check_mark:",
  "letters that turn the line": "safe\u202Etxt.exe\u2066",
  "letters that nobody sees": "a\u200Bb\u00ADc\uFEFFd\u{E0041}",
  "a bell and an escape": "\u0007\u001B[2J\u001B[31mred",
  "a footnote": "[^1]\n\n[^1]: text",
  "an alert": "> [!CAUTION]\n> text",
  "a lone surrogate": "a\uD800b",
  "a very long one": "x".repeat(5_000),
  nothing: "",
  blanks: "   ",
};

/** A review with the name wherever a name can be. */
export function hostileReview(name: string): Review {
  const address = `aws_vpc.${name}`;
  const plans = [
    plan({
      stack: "prod-network",
      changes: [
        deleted(address, { [name]: name }),
        replaced(`aws_eip.${name}`, { [name || "k"]: "a" }, { [name || "k"]: name }, name || "k"),
        updated(`aws_y.${name}`, { [name || "k"]: "b", tags: {} }, { [name || "k"]: `${name}\n${name}`, tags: {} }),
        created(`aws_z.${name}`, { name }),
        { ...updated(`aws_w.${name}`, { a: 1 }, { a: 2 }), movedFrom: `aws_w.old${name}`, importing: name || "i" },
        { ...deleted(`aws_v.${name}`, {}), actions: ["forget"] },
        { ...deleted(`aws_u.${name}`, {}), reason: name || "r" },
      ],
      outputs: { [name || "o"]: { actions: ["delete"], before: name } },
      extra: { checks: [{ address: { to_display: name }, status: "fail", instances: [{ problems: [{ message: name }] }] }] },
    }),
    emptyPlan(metaOf("prod-cluster"), "failed", name),
    emptyPlan(
      { id: `${name}-x`, environment: name, stack: name, freshness: { commit: name, plannedAt: name, stateSerial: 1 } },
      "deferred",
      name,
    ),
  ];
  const override = { rule: "destroy-stateful", stack: "prod-network", address, by: name, reason: name, until: "2030-01-01" };
  return review(plans, policy, [override, { ...override, rule: name, stack: name }]);
}
