// biome-ignore-all lint/suspicious/noTemplateCurlyInString: templates of other languages are what this is about.
import { describe, expect, test } from "@jest/globals";
import { Lazy } from "cdktf";
import { parse } from "yaml";
import { escaped, helmJson, helmYaml, merged } from "../../../modules/addons/values.ts";

describe("merged", () => {
  test.each([
    ["objects key by key", { a: { b: 1, c: 2 } }, { a: { c: 3 } }, { a: { b: 1, c: 3 } }],
    ["lists as a whole", { a: [1, 2] }, { a: [3] }, { a: [3] }],
    ["an object over a value", { a: 1 }, { a: { b: 2 } }, { a: { b: 2 } }],
    ["null, which Helm takes as: no such key", { a: { b: 1 } }, { a: null }, { a: null }],
  ])("%s", (_, under, over, expected) => expect(merged(under, over)).toEqual(expected));

  test("the last layer wins", () => expect(merged({ a: 1 }, { a: 2 }, { a: 3 })).toEqual({ a: 3 }));
});

describe("helmYaml", () => {
  test("is sorted by key, at every depth, so that a plan shows only what changed", () => {
    expect(helmYaml({ b: { d: 1, c: 2 }, a: 1 })).toBe("a: 1\nb:\n  c: 2\n  d: 1\n");
  });

  test("does not fold long lines", () => {
    const line = "word ".repeat(100).trim();
    expect(helmYaml({ line })).toBe(`line: ${line}\n`);
  });

  test("repeats what is said twice: Helm's YAML knows anchors, reviewers do not", () => {
    const resources = { cpu: "1" };
    expect(helmYaml({ a: resources, b: resources })).not.toContain("&");
  });

  test("keeps text that looks like a number or a truth as text", () => {
    expect(parse(helmYaml({ account: "111122223333", version: "1.35", on: "true" }))).toEqual({
      account: "111122223333",
      version: "1.35",
      on: "true",
    });
  });

  test("quotes a token: what it stands for may look like a number", () => {
    const token = Lazy.stringValue({ produce: () => "1.35" });
    expect(helmYaml({ version: token })).toBe(`version: "${token}"\n`);
    expect(helmYaml({ text: `a\n${token}\n` })).toBe(`text: |\n  a\n  ${token}\n`);
  });
});

test("helmJson says the same as helmYaml, escaped, in one line and in the order given", () => {
  const values = { b: [{ d: "${tag}", c: null }], a: { z: "0123", y: 1 } };
  expect(helmJson(values)).toBe('{"b":[{"d":"$${tag}","c":null}],"a":{"z":"0123","y":1}}');
  expect(parse(helmJson(values))).toEqual(parse(helmYaml(values)));
});

describe("escaped: charts have templates of their own", () => {
  test.each([
    // Fluent Bit, Grafana, Logstash and Fluentd.
    ["Fluent Bit's environment", "HTTP_Passwd ${ELASTIC_PASSWORD}", "HTTP_Passwd $${ELASTIC_PASSWORD}"],
    ["Grafana's variables", 'rate(x{namespace=~"${namespace:regex}"}[5m])', 'rate(x{namespace=~"$${namespace:regex}"}[5m])'],
    ["dollars without braces stay", "$namespace and $(POD_NAME)", "$namespace and $(POD_NAME)"],
    ["Logstash's date", "%{+YYYY.MM.dd}", "%%{+YYYY.MM.dd}"],
    ["Fluentd's placeholder and Ruby", "${tag} #{ENV['X']}", "$${tag} #{ENV['X']}"],
    ["Go templates", "{{ $labels.pod }}", "{{ $labels.pod }}"],
    ["a token of cdktf stays a reference", "${TfToken[TOKEN.7]}", "${TfToken[TOKEN.7]}"],
    ["both at once", "${a}-${TfToken[TOKEN.7]}-%{b}", "$${a}-${TfToken[TOKEN.7]}-%%{b}"],
  ])("%s", (_, given, expected) => expect(escaped(given)).toBe(expected));
});
