/** Kubernetes quantities as numbers. (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/) */

const factors: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** "1930m" is 1.93, "6903Mi" is 7238320128. NaN for what is no quantity. */
export function parseQuantity(text: string | number | undefined): number {
  if (text === undefined) return 0;
  const [, number, unit = ""] = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(text)) ?? [];
  return Number(number) * (factors[unit] ?? Number.NaN);
}
