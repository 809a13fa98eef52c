/** How much a node keeps: things in its state, a character of a text being one, too. */

/** What is more is not counted. */
const MOST = 100_000

export function sizeOf(state: unknown): number {
  const seen = new Set<object>()
  const left: unknown[] = [state]
  let size = 0
  while (left.length > 0 && size < MOST) {
    const it = left.pop()
    size += typeof it === 'string' ? it.length : 1
    if (typeof it !== 'object' || it === null || seen.has(it)) continue
    seen.add(it)
    if (ArrayBuffer.isView(it) || it instanceof ArrayBuffer) size += it.byteLength
    else if (it instanceof Map) for (const [key, value] of it) left.push(key, value)
    else if (it instanceof Set) for (const one of it) left.push(one)
    else for (const one of Object.values(it)) left.push(one)
  }
  return size
}

/** Of all of these. */
export function sizesOf(states: Iterable<unknown>): number {
  let sum = 0
  for (const it of states) sum += sizeOf(it)
  return sum
}
