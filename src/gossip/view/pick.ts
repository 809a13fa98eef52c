/**
 * Up to `k` different items, each subset equally likely: a partial Fisher-Yates shuffle that passes over the
 * items that `skip` names and then undoes its swaps, so that one array can serve a million nodes.
 *
 * Expected cost: k + the skipped items it happens to draw, whatever the array's length.
 */
export function pick<T>(
  items: T[],
  k: number,
  random: () => number,
  skip: (item: T) => boolean = () => false,
): T[] {
  const picked: T[] = []
  const swaps: number[] = []
  let end = items.length
  let i = 0
  while (picked.length < k && i < end) {
    const j = i + Math.floor(random() * (end - i))
    const item = items[j] as T
    if (skip(item)) {
      end -= 1
      swap(items, j, end)
      swaps.push(j, end)
    } else {
      picked.push(item)
      swap(items, i, j)
      swaps.push(i, j)
      i += 1
    }
  }
  for (let s = swaps.length - 2; s >= 0; s -= 2) swap(items, swaps[s]!, swaps[s + 1]!)
  return picked
}

function swap<T>(items: T[], a: number, b: number): void {
  const item = items[a] as T
  items[a] = items[b] as T
  items[b] = item
}
