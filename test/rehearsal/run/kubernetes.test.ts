import { expect, test } from "@jest/globals";
import { type KubernetesView, settledView } from "../../../rehearsal/run/kubernetes.ts";

const view = (pods: number) =>
  ({
    answers: true,
    description: "kwok",
    clusters: [{ cluster: "dev", pending: pods > 0 ? [{ pods }] : [] }],
  }) as unknown as KubernetesView;
const { signal } = new AbortController();

test.each([
  ["nothing pending: one look", [0], 0, 1],
  ["a pod that finds its place a moment later is no finding", [2, 1, 0, 3], 0, 3],
  ["one that never does is told", [1, 1, 1, 1, 1, 1], 1, 5],
])("%s", async (_, pending, expected, asked) => {
  let number = 0;
  const found = await settledView(async () => view(pending[number++] ?? 0), signal, 0);
  expect({ pods: found.clusters[0]?.pending[0]?.pods ?? 0, asked: number }).toEqual({ pods: expected, asked });
});

test("waiting ends with the run", async () => {
  const aborted = AbortSignal.abort();
  await expect(settledView(async () => view(1), aborted, 60_000)).rejects.toThrow();
});
