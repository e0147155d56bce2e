/** Which part of Terraform's `resource_drift` somebody made. Figures of the first apply on a real provider: 26 entries, nobody did anything. */
import { describe, expect, test } from "@jest/globals";
import { type Change, deleted, plan, unchanged, updated, type Values } from "./plans.ts";

/** A refresh-only plan lists no changes; what exists is in the state that it holds. */
function refreshed(
  drift: readonly Change[],
  sets: Readonly<Record<string, readonly string[]>>,
  present: readonly { address: string; values: Values }[] = [],
) {
  const resources = Object.entries(sets).map(([address, names]) => ({
    address,
    expressions: Object.fromEntries(names.map((name) => [name, {}])),
  }));
  const state = present.map(({ address, values }) => ({ address, type: address.split(".")[0], mode: "managed", values }));
  return plan({
    drift,
    extra: {
      configuration: { root_module: { resources } },
      prior_state: { values: { root_module: { resources: state } } },
    },
  });
}
const seen = ({ drift }: ReturnType<typeof refreshed>) =>
  drift.map(({ address, attributes }) => [address, attributes.map(({ path }) => path.join("."))]);

const acl = "aws_network_acl.a";
const group = "aws_security_group.a";
const rule = (id: string) => ({ address: `aws_vpc_security_group_ingress_rule.${id}`, values: { security_group_id: "sg-1" } });
const https = { from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["10.0.0.0/8", "10.1.0.0/16"], self: false };

describe("nobody did it", () => {
  test.each<[string, Change, Readonly<Record<string, readonly string[]>>]>([
    ["what AWS fills in", updated("aws_eip.a", { private_ip: "" }, { private_ip: "10.0.0.1" }), { "aws_eip.a": ["domain"] }],
    ["protocols as numbers", updated(acl, { egress: [{ protocol: "tcp" }] }, { egress: [{ protocol: "6" }] }), { [acl]: ["egress"] }],
    ["zeros where nothing was", updated(acl, { egress: [{ icmp: null, p: 1 }] }, { egress: [{ icmp: 0, p: 1 }] }), { [acl]: ["egress"] }],
    ["rules that are resources", updated(group, { id: "sg-1", ingress: [] }, { id: "sg-1", ingress: [https] }), { [group]: ["name"] }],
  ])("%s", (_, change, sets) => expect(seen(refreshed([change], sets, [rule("one"), rule("two")]))).toEqual([]));
});

describe("somebody did it", () => {
  test("a setting of ours that changed", () => {
    const edit = updated("aws_x.a", { size: 1, arn: "a" }, { size: 9, arn: "b" });
    expect(seen(refreshed([edit], { "aws_x.a": ["size"] }))).toEqual([["aws_x.a", ["size"]]]);
  });

  test("an object that is gone", () => expect(seen(refreshed([deleted("aws_x.a", { id: "x" })], {}))).toEqual([["aws_x.a", []]]));

  test("one rule more than there are resources for", () => {
    const edit = updated(
      group,
      { id: "sg-1", ingress: [] },
      { id: "sg-1", ingress: [https, { ...https, from_port: 22, cidr_blocks: ["0.0.0.0/0"] }] },
    );
    expect(seen(refreshed([edit], { [group]: ["name"] }, [rule("one"), rule("two")]))).toEqual([[group, ["ingress.0", "ingress.1"]]]);
  });

  describe("a Helm release", () => {
    const release = "helm_release.a";
    const side = (revision: number, values: object, more: Values = {}) => ({
      values: ["replicas: 2"],
      metadata: { revision, version: "3.13.1", values: JSON.stringify(values), last_deployed: revision, ...more },
    });
    const drifted = (before: Values, after: Values) => refreshed([updated(release, before, after)], { [release]: ["values"] }).drift;

    test("that was upgraded by hand: its revision and what differs in its values, secrets apart", () => {
      const [old, next] = [
        { replicas: 2, auth: { password: "old" }, image: { tag: "a" } },
        { replicas: 1, auth: { password: "new" }, image: { tag: "a" } },
      ];
      const [change] = drifted(side(1, old), side(2, next, { version: "3.12.0" }));
      expect(change?.attributes.map(({ path, before, after }) => [path.join("."), before, after])).toEqual([
        ["metadata.revision", 1, 2],
        ["metadata.values.auth.password", "(sensitive)", "(sensitive, changed)"],
        ["metadata.values.replicas", 2, 1],
        ["metadata.version", "3.13.1", "3.12.0"],
      ]);
    });

    test("of the same revision is as it was, whatever else is recorded", () =>
      expect(drifted(side(1, {}), side(1, {}, { notes: "n" }))).toEqual([]));
  });

  test("also with an index in the address", () => {
    const edit = updated('aws_x.a["k"]', { size: 1 }, { size: 2 });
    expect(seen(refreshed([edit], { "aws_x.a": ["size"] }))).toEqual([['aws_x.a["k"]', ["size"]]]);
  });
});

test("in an ordinary plan, only what the plan acts on counts: the rest is ignored on purpose, or computed", () => {
  const drift = [updated("aws_x.acted", { a: 1, b: 1 }, { a: 2, b: 2 }), updated("aws_x.quiet", { a: 1 }, { a: 2 })];
  const found = plan({ drift, changes: [updated("aws_x.acted", { a: 2 }, { a: 1 }), unchanged("aws_x.quiet", { a: 2 })] });
  expect(seen(found)).toEqual([["aws_x.acted", ["a"]]]);
});

test("a refresh-only plan plans nothing: both sides are what is there", () => {
  const { present, planned } = refreshed([], {}, [rule("one")]);
  expect(present).toHaveLength(1);
  expect(planned).toEqual(present);
});
