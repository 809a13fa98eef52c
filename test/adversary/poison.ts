/** Lines that are legal, and bear the greatest or the oddest that a field may hold: afterwards all must be well. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../daemon/until.ts'
import { missingOf, status } from '../docker/client.ts'
import { type Attack, atMost } from './attack.ts'
import { spreadTime } from './probe.ts'

const PERIOD_MS = 500
const GOAL_S = 5
const GOAL_PERIODS = 20
const MOST_PERIODS = 100
const TOLERATED_S = 30

interface Poisoned {
  readonly options?: string
  /** Lines, each told to the first node over a connection of its own. @param addresses of the nodes */
  lines(addresses: readonly string[]): readonly object[]
}

export function poisoned(what: string, { options = '', lines }: Poisoned): Attack {
  return {
    what,
    async run(arena) {
      const crowd = await arena.start({ nodes: arena.scale(5, 3), period: PERIOD_MS, options })
      const [first, ...others] = crowd.ports as [number, ...number[]]
      const addresses = crowd.ports.map((it) => `127.0.0.1:${it}`)
      for (const line of lines(addresses)) await arena.tell(first, line)
      // What cuts one off shows when its peers have not heard of it for 6 periods.
      await sleep(arena.scale(30, 8) * PERIOD_MS)
      const beganAt = performance.now()
      const missing = async (): Promise<string | undefined> =>
        missingOf(await Promise.all(crowd.ports.map((it) => status(it))), crowd.ports.length)
      const most = MOST_PERIODS * PERIOD_MS
      // A stranger who spoke once is forgotten, too.
      await until('all know all', async () => (await missing()) === undefined, most).catch(() => {})
      const periods = (performance.now() - beganAt) / PERIOD_MS
      const byIt = await spreadTime(crowd, first, 'by the poisoned one')
      const byAnother = await spreadTime(crowd, others.at(-1)!, 'by another')
      return [
        atMost('until all know all, and nobody else', periods, 'periods', GOAL_PERIODS, MOST_PERIODS - 1),
        atMost('a value of the one that heard it reaches all', byIt, 's', GOAL_S, TOLERATED_S - 1),
        atMost('a value of another reaches all', byAnother, 's', GOAL_S, TOLERATED_S - 1),
      ]
    },
  }
}

/** The greatest whole number that the wire can tell. */
export const GREATEST = Number.MAX_SAFE_INTEGER
