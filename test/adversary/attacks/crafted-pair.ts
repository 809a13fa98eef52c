/** Two values of one timestamp, and of whatever else might be taken for the whole of a value. */

import { until } from '../../daemon/until.ts'
import type { Arena } from '../arena.ts'
import { type Attack, atMost } from '../attack.ts'
import { give, valuesOf } from '../probe.ts'

const PERIOD_MS = 300

const pairs: readonly (readonly [string, string])[] = [
  // The same in FNV-1a of 32 bits.
  ['costarring', 'liquid'],
  // The same in UTF-8, as neither half of a character has any.
  ['\ud800', '\udfff'],
  // The same when they are normalised.
  ['\u00e9', 'e\u0301'],
  ['', '\0'],
  ['a', 'A'],
]

export default {
  what: 'two nodes are handed values of one timestamp that look alike',
  async run(arena) {
    const all = ['pull', 'push-pull', 'plumtree', 'push']
    const figures = await Promise.all(all.slice(0, arena.scale(4, 1)).map((it) => split(arena, it)))
    return figures.map((it, i) => atMost(`pairs that split ${all[i]}`, it, 'pairs', 0))
  },
} satisfies Attack

async function split(arena: Arena, strategy: string): Promise<number> {
  const crowd = await arena.start({ nodes: 3, period: PERIOD_MS, options: `--strategy ${strategy}` })
  let count = 0
  for (const [one, other] of pairs) {
    const timestamp = Date.now()
    await give(crowd.ports[0]!, one, timestamp)
    await give(crowd.ports[2]!, other, timestamp)
    const winner = one > other ? one : other
    const isAgreed = async (): Promise<boolean> => (await valuesOf(crowd)).every((it) => it === winner)
    const isSplit = await until('they agree', isAgreed, 15_000).then(
      () => false,
      () => true,
    )
    if (isSplit) count += 1
  }
  return count
}
