/** Of any number of numbers: as arguments, `Math.max(...all)`, some ten thousand overflow the stack. */

/** -Infinity of none. */
export function largest(numbers: Iterable<number>): number {
  let found = Number.NEGATIVE_INFINITY
  for (const it of numbers) found = Math.max(found, it)
  return found
}

/** Infinity of none. */
export function smallest(numbers: Iterable<number>): number {
  let found = Number.POSITIVE_INFINITY
  for (const it of numbers) found = Math.min(found, it)
  return found
}
