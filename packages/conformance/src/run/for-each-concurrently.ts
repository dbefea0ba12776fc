/** Runs work for every item, so many at once. Waits for the rest if one fails, and then throws its error. */
export async function forEachConcurrently<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const iterator = (async function* () {
    yield* items;
  })();
  const results = await Promise.allSettled(
    Array.from({ length: concurrency }, async () => {
      for (;;) {
        const next = await iterator.next();
        if (next.done === true) return;
        await work(next.value);
      }
    }),
  );
  const failure = results.find((result) => result.status === "rejected");
  if (failure !== undefined) throw failure.reason;
}
