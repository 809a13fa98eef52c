/**
 * Up to `k` different items, each subset in each order equally likely, none that `skip` names.
 *
 * Draws again what was drawn or is skipped, which for few of many takes about `k` draws and touches nothing else,
 * so that a million nodes can pick from one array. Where that is too often in vain, a partial Fisher-Yates
 * shuffle of what is left does the rest; when it does so depends on how often, not on what was drawn.
 */
export function pick<T>(
  items: ArrayLike<T>,
  k: number,
  random: () => number,
  skip: (item: T) => boolean = () => false,
): T[] {
  return pickNumbers(items.length, k, random, (i) => skip(items[i] as T)).map((i) => items[i] as T)
}

/** The same of the numbers from 0 to `count` - 1. */
export function pickNumbers(
  count: number,
  k: number,
  random: () => number,
  skip: (number: number) => boolean,
): number[] {
  const picked: number[] = []
  if (k > MOST_DRAWN) return drawRest(count, k, random, skip, picked)
  for (let draws = DRAWS_PER_PICK * k; picked.length < k && draws > 0; draws--) {
    const number = Math.floor(random() * count)
    if (number < count && !picked.includes(number) && !skip(number)) picked.push(number)
  }
  return picked.length < k ? drawRest(count, k, random, skip, picked) : picked
}

const DRAWS_PER_PICK = 4
/** Above this a look through what is picked costs more than a shuffle. */
const MOST_DRAWN = 64

function drawRest(
  count: number,
  k: number,
  random: () => number,
  skip: (number: number) => boolean,
  picked: number[],
): number[] {
  const rest: number[] = []
  for (let i = 0; i < count; i++) if (!picked.includes(i) && !skip(i)) rest.push(i)
  for (let i = 0; picked.length < k && i < rest.length; i++) {
    const j = i + Math.floor(random() * (rest.length - i))
    picked.push(rest[j]!)
    rest[j] = rest[i]!
  }
  return picked
}
