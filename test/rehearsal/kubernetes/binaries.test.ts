import { expect, test } from "@jest/globals";
import { findBinaries } from "../../../rehearsal/kubernetes/binaries.ts";

const names = ["ETCD", "KUBE_APISERVER", "KUBE_CONTROLLER_MANAGER", "KUBE_SCHEDULER", "CONTROLLER"].map((name) => `KWOK_${name}_BINARY`);
/** Any executable will do: nothing is started where something is missing. */
const all = Object.fromEntries(names.map((name) => [name, process.execPath]));

test.each<[string, (env: Record<string, string>) => Record<string, string>, RegExp]>([
  ["nothing is there", () => ({ PATH: "/nowhere" }), /kwokctl is not on the PATH\. Install kwokctl \(https:.*or set KWOK_ETCD_BINARY/],
  ["PATH is empty", () => ({}), /kwokctl is not on the PATH/],
  [
    "some variables are missing",
    ({ KWOK_ETCD_BINARY = "" }) => ({ KWOK_ETCD_BINARY }),
    /KWOK_KUBE_APISERVER_BINARY, .* not set while others are/,
  ],
  [
    "a file is missing",
    (env) => ({ ...env, KWOK_ETCD_BINARY: "/nowhere/etcd" }),
    /KWOK_ETCD_BINARY is \/nowhere\/etcd, which is not an executable/,
  ],
])("says what is missing and how to get it where %s", async (_, change, message) => {
  expect(await findBinaries(change(all))).toEqual({ kind: "not-available", message: expect.stringMatching(message) });
});
