import { expect, test } from "@jest/globals";
import { notLocal } from "../../../../rehearsal/kubernetes/existing/address.ts";

const names: Readonly<Record<string, readonly string[]>> = {
  localhost: ["127.0.0.1", "::1"],
  "kubernetes.docker.internal": ["127.0.0.1"],
  "abc.gr7.ap-northeast-2.eks.amazonaws.com": ["10.20.0.17", "10.20.1.9"],
  "both.example.com": ["127.0.0.1", "203.0.113.7"],
};

const resolve = async (name: string) => {
  const found = names[name];
  if (!found) throw new Error(`ENOTFOUND ${name}`);
  return found;
};

test.each([
  ["https://127.0.0.1:6443", true],
  ["https://[::1]:6443", true],
  ["https://[::ffff:127.0.0.1]:6443", true],
  ["https://192.168.49.2:8443", true],
  ["https://10.0.0.5", true],
  ["https://172.18.0.3:6443", true],
  ["https://[fd00::1]:6443", true],
  ["https://localhost:6443", true],
  ["https://kubernetes.docker.internal:6443", true],
  ["https://52.78.1.2", false],
  ["https://172.32.0.1", false],
  ["https://169.254.169.254", false],
  ["https://0.0.0.0:6443", false],
  ["https://[2001:4860::1]", false],
  ["https://abc.gr7.ap-northeast-2.eks.amazonaws.com", false],
  ["https://both.example.com", false],
  ["https://unknown.example.com", false],
])("%s may be used without --i-know: %s", async (server, taken) => {
  expect((await notLocal(server, resolve)) === undefined).toBe(taken);
});
