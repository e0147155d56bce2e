/** At most so many pieces of work at once, in the order in which they ask: a Terraform with its provider fills a processor. */
export type Slots = <T>(work: () => Promise<T>) => Promise<T>;

export function slots(limit: number): Slots {
  let free = limit;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
