/** Lies about peers: a value must reach all as fast as without them, or nearly so. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Crowd } from '../cli/crowd.ts'
import type { Arena } from './arena.ts'
import { type Attack, atMost, type Figure } from './attack.ts'
import { madeUp } from './lines.ts'
import { medianSpread } from './probe.ts'

/** As many as a message may name, with whoever names them. */
const ROWS = 255
const LIES = 4 * ROWS
const NOISE_S = 0.1
/** A day ahead: as far as a heartbeat is believed. */
const AHEAD_MS = 80_000_000

interface Telling {
  readonly crowd: Crowd
  readonly arena: Arena
  readonly period: number
}

/** @param lie begins to tell lies. @returns what ends it */
export function lying(what: string, lie: (telling: Telling) => Promise<() => Promise<void>>): Attack {
  return {
    what,
    async run(arena) {
      const [nodes, period] = arena.scale([10, 2000], [3, 1000]) as [number, number]
      const times = arena.scale(9, 3)
      const most = arena.scale(30_000, 10_000)
      const crowd = await arena.start({ nodes, period })
      const before = await medianSpread(crowd, times, 'before', most)
      const end = await lie({ crowd, arena, period })
      await sleep(arena.scale(20_000, 2000))
      const during = await medianSpread(crowd, times, 'under the lies', most)
      await end()
      return [spreadFigure(during, before, period)]
    },
  }
}

function spreadFigure(during: number, before: number, period: number): Figure {
  const goal = 2 * before + NOISE_S
  return atMost('a value reaches all, median', during, 's', goal, goal + (5 * period) / 1000)
}

/** Lines that name a thousand peers, none of which is there. */
export function lies(): object[] {
  const peers = madeUp(LIES, Date.now() + AHEAD_MS)
  return Array.from({ length: LIES / ROWS }, (_, i) => ({
    type: 'hi',
    from: '127.0.0.1:9',
    peers: peers.slice(i * ROWS, (i + 1) * ROWS),
  }))
}
