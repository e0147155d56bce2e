/** So many at once, no more. */
import { expect, test } from "@jest/globals";
import { slots } from "../../operations/slots.ts";

test.each([1, 2, 3])("at most %d at once, all of them in the end, failures included", async (limit) => {
  const slot = slots(limit);
  let now = 0;
  let most = 0;
  const work = async (item: number) => {
    now += 1;
    most = Math.max(most, now);
    await Promise.resolve();
    now -= 1;
    if (item === 1) throw new Error("one");
    return item;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((item) => slot(() => work(item))));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
  expect(most).toBe(limit);
});
