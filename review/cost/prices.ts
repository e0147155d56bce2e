/**
 * List prices of ap-northeast-2 (Seoul) in USD, without tax, discounts, Savings Plans and free tiers. As the AWS Price List had them on
 * 2026-10-01 (offer files AmazonEC2 of 2026-09-25, AmazonVPC of 2026-09-17, AWSELB, AmazonEKS, awskms, AWSSecretsManager), by way of
 * published notes of them; NAT gateway, load balancer, gp3 and public IPv4 agree with published bills. Nothing here asks AWS: to check one,
 *   curl -s https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonVPC/current/ap-northeast-2/index.json
 * A price that has no source is not here, and what it is for is told as unknown.
 */

export const priceTable = {
  region: "ap-northeast-2",
  currency: "USD",
  /** ISO date on which the prices were read. */
  asOf: "2026-10-01",
} as const;

/** As AWS's own calculator counts a month: 8,760 hours by 12. */
export const hoursPerMonth = 730;

/** Per hour. */
export const hourly = {
  "EKS control plane": 0.1,
  /** EKS pricing page: 0.50 on top of 0.10 after the end of standard support. */
  "EKS control plane in extended support": 0.6,
  "NAT gateway": 0.059,
  /** Each zone of each endpoint. */
  "interface endpoint": 0.013,
  "public IPv4 address": 0.005,
  "load balancer": 0.0225,
  "classic load balancer": 0.025,
  "transit gateway attachment": 0.07,
} as const;

/** Per month. */
export const monthly = {
  /** A rotation adds another dollar, twice at most (KMS pricing page). */
  "KMS key": 1,
  secret: 0.4,
} as const;

/** Storage per GB and month, without IOPS and throughput beyond what is included. */
export const volumes: Readonly<Record<string, number>> = { gp3: 0.0912, gp2: 0.114 };

/** On-demand Linux per hour, of the size `large`. Other sizes are multiples of it (EC2 user guide, "Instance size flexibility"). */
const large: Readonly<Record<string, number>> = {
  m6g: 0.094,
  m6i: 0.118,
  m7g: 0.1003,
  m7i: 0.1239,
  t3: 0.104,
  t4g: 0.0832,
};

const factors: Readonly<Record<string, number>> = { nano: 0.0625, micro: 0.125, small: 0.25, medium: 0.5, large: 1, xlarge: 2 };

/** Price of an instance per hour; undefined where its family is not in the table. */
export function instancePrice(type: string): number | undefined {
  const [family = "", size = ""] = type.split(".");
  const multiple = /^(\d+)xlarge$/.exec(size)?.[1];
  const factor = multiple === undefined ? factors[size] : 2 * Number(multiple);
  const price = large[family];
  return price === undefined || factor === undefined ? undefined : price * factor;
}
