import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { chartsOverride, plainHosts } from "../../../rehearsal/run/charts.ts";

const releases = {
  upstream: { chart: "argo-cd", version: "10.1.1", repository: "https://argoproj.github.io/argo-helm" },
  mirrored: { chart: "/srv/charts/cert-manager-v1.21.1.tgz", version: "v1.21.1" },
  own: { chart: "./assets/resources/ABC", name: "argo-cd-resources" },
};
const json = { resource: { helm_release: releases } };
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mainline-charts-"));
  for (const file of ["argo-cd-10.1.1.tgz", "cert-manager-v1.21.1.tgz"]) writeFileSync(join(folder, file), "");
});
afterAll(() => rmSync(folder, { recursive: true }));

test("a folder: every chart of somebody else becomes a path in it, and no repository is asked", () => {
  expect(chartsOverride(json, folder)).toEqual({
    resource: {
      helm_release: {
        upstream: { chart: join(folder, "argo-cd-10.1.1.tgz"), repository: null },
        mirrored: { chart: join(folder, "cert-manager-v1.21.1.tgz"), repository: null },
      },
    },
  });
});

test.each(["https://charts.example.com/all/", "oci://registry.example.com/charts"])("%s: charts keep their names", (address) => {
  const repository = address.replace(/\/$/, "");
  expect(chartsOverride(json, address)?.resource.helm_release).toEqual({
    upstream: { chart: "argo-cd", repository },
    mirrored: { chart: "cert-manager", repository },
  });
});

test("a chart that the folder lacks is named before anything starts", () => {
  const other = { resource: { helm_release: { a: { ...releases.upstream, version: "11.0.0" } } } };
  expect(() => chartsOverride(other, folder)).toThrow(/lacks argo-cd-11\.0\.0\.tgz\./);
});

test("a stack without charts of somebody else needs no override", () => {
  expect(chartsOverride({ resource: { aws_vpc: { main: {} }, helm_release: { own: releases.own } } }, "/nowhere")).toBeUndefined();
});

test.each([
  ["upstream's own, by HTTPS", undefined, []],
  ["plain HTTP", "http://charts.internal:8080/all", ["charts.internal"]],
  ["HTTPS", "https://charts.internal", []],
])("hosts that the gateway must not get: %s", (_, address, expected) => {
  expect(plainHosts(json, address === undefined ? undefined : chartsOverride(json, address))).toEqual(expected);
});
