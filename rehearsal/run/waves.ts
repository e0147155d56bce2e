/** Runs work over stacks as early as what they depend on allows, so that stacks without an edge between them run side by side. */

interface Ordered {
  readonly id: string;
  readonly needs: readonly string[];
}

/** Producers first. `needs` outside the list count as done. Rejects with the first failure, after what was under way has ended. */
export async function upwards<T extends Ordered>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const done = new Map<string, Promise<void>>();
  const start = (item: T): Promise<void> => {
    const known = done.get(item.id);
    if (known) return known;
    const needed = items.filter(({ id }) => item.needs.includes(id)).map(start);
    const own = Promise.all(needed).then(() => work(item));
    done.set(item.id, own);
    return own;
  };
  await settle(items.map(start));
}

/** Consumers first: the order of a destroy. */
export async function downwards<T extends Ordered>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const reversed = items.map((item) => ({
    id: item.id,
    needs: items.filter(({ needs }) => needs.includes(item.id)).map(({ id }) => id),
    item,
  }));
  await upwards(reversed, ({ item }) => work(item));
}

/** At most `limit` at once. */
export async function limited<T>(items: readonly T[], limit: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await settle(Array.from({ length: limit }, worker));
}

async function settle(promises: readonly Promise<void>[]): Promise<void> {
  const failures = (await Promise.allSettled(promises)).filter((result) => result.status === "rejected");
  if (failures[0]) throw failures[0].reason;
}
