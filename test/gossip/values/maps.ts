/** Two maps that were one and have grown apart, by updates, deletions, new keys and others of the same ms. */
import fc from 'fast-check'
import { type Value, wins } from '../../../src/gossip/value.ts'
import { dice } from '../dice.ts'

export interface Maps {
  readonly one: readonly Value[]
  readonly other: readonly Value[]
}

interface Recipe {
  readonly keys: number
  readonly seed: number
  /** What share of the keys differs. */
  readonly share: number
  /** Which of them may, from the oldest (0) to the newest (1). */
  readonly from: number
  readonly to: number
  /** Timestamps are below. */
  readonly span: number
}

/** The recording host's clock shows that, in ms. */
const NOW = 1_000_000

function mapsOf({ keys, seed, share, from, to, span }: Recipe): Maps {
  const random = dice(seed)
  const below = (limit: number): number => Math.floor(random() * limit)
  const both: Value[] = Array.from({ length: keys }, (_, i) => ({
    key: i === 0 ? '' : `k${i}`,
    value: below(10) === 0 ? null : `v${below(3)}`,
    timestamp: Math.floor((i * span) / keys),
  }))
  const grown = (): Value[] =>
    both.flatMap((it, i): Value[] => {
      const at = i / keys
      if (at < from || at > to || random() >= share) return [it]
      const later = it.timestamp + below(Math.max(1, NOW - it.timestamp))
      switch (below(5)) {
        case 0:
          return []
        case 1:
          return [{ ...it, value: `w${below(100)}`, timestamp: later }]
        case 2:
          return [{ ...it, value: null, timestamp: later }]
        case 3:
          return [{ ...it, value: `t${below(2)}` }]
        default:
          return [it, { key: `new${seed}-${i}-${below(1000)}`, value: 'n', timestamp: later }]
      }
    })
  return { one: grown(), other: grown() }
}

export const maps: fc.Arbitrary<Maps> = fc
  .record({
    keys: fc.oneof(fc.nat(70), fc.constantFrom(31, 32, 33, 64, 100, 500, 1000), fc.nat(3000)),
    seed: fc.nat(),
    share: fc.constantFrom(0.001, 0.01, 0.1, 0.5, 1),
    from: fc.constantFrom(0, 0, 0.3, 0.9),
    to: fc.constantFrom(0.05, 0.5, 1, 1),
    span: fc.constantFrom(1, 5, 1000, 900_000),
  })
  .map(mapsOf)

/** Of each key what wins. */
export function joined({ one, other }: Maps): Map<string, readonly [string | null, number]> {
  const all = new Map<string, Value>()
  for (const it of [...one, ...other]) {
    const before = all.get(it.key)
    if (before === undefined || wins(it, before)) all.set(it.key, it)
  }
  const pairs = [...all.values()].map(({ key, value, timestamp }) => [key, [value, timestamp]] as const)
  return new Map(pairs.sort(([a], [b]) => (a < b ? -1 : 1)))
}
