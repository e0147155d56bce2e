import { expect, test } from "@jest/globals";
import { overlaps } from "../../../environments/ipv4.ts";
import { serviceRange } from "../../../modules/cluster/service-range.ts";

test.each([
  ["10.0.0.0/16", "172.20.0.0/16"],
  ["10.100.0.0/16", "172.20.0.0/16"],
  ["172.20.0.0/16", "10.100.0.0/16"],
  ["192.168.0.0/16", "10.100.0.0/16"],
])("in a network of %s Services live in %s, outside of it", (network, services) => {
  expect(serviceRange(network)).toBe(services);
  expect(overlaps(network, services)).toBe(false);
});
