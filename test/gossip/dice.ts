/** Seeded dice: the same seed throws the same numbers (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Loaded dice: these numbers, one after the other, then no more. */
export function script(...numbers: number[]): () => number {
  let next = 0
  return () => {
    const number = numbers[next++]
    if (number === undefined) throw new Error(`only ${numbers.length} throws were scripted`)
    return number
  }
}
