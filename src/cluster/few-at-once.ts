/** Does something for each, in their order, but only for so many at a time. */

/** @throws {Error} (rejects) the first one that `act` rejects with; none is begun after it */
export async function fewAtOnce<T>(
  items: readonly T[],
  most: number,
  act: (item: T) => Promise<void>,
): Promise<void> {
  const left = [...items]
  const work = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await act(item)
  }
  try {
    await Promise.all(Array.from({ length: most }, work))
  } catch (error) {
    left.length = 0
    throw error
  }
}
