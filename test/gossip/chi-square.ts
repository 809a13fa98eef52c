/** How far counts are from being all alike, as Pearson's sum, and how far chance goes once in a thousand times. */
export function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

/** The sum that is exceeded with probability 0.001 (Wilson and Hilferty's approximation). */
export function chiSquareLimit(kinds: number): number {
  const freedom = kinds - 1
  const spread = 2 / (9 * freedom)
  return freedom * (1 - spread + 3.09 * Math.sqrt(spread)) ** 3
}

/** How often each of the expected things turned up in so many draws; any other thing is an error. */
export function tally(things: readonly string[], draws: number, draw: () => string): number[] {
  const counts = new Map(things.map((thing) => [thing, 0]))
  for (let i = 0; i < draws; i++) {
    const thing = draw()
    const count = counts.get(thing)
    if (count === undefined) throw new Error(`drew ${thing}`)
    counts.set(thing, count + 1)
  }
  return [...counts.values()]
}
