/** Runs over all items, a few at a time; results in the items' order. The first failure ends it. */
export async function inParallel<Item, Result>(
  limit: number,
  items: readonly Item[],
  run: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const entries = items.entries()
  const worker = async () => {
    for (const [index, item] of entries) {
      results[index] = await run(item, index)
    }
  }
  await Promise.all(Array.from({ length: limit }, worker))
  return results
}
