/** Lines that are legal, and bear the greatest or the oddest that a field may hold: afterwards all must be well. */
import { setTimeout as sleep } from 'node:timers/promises'
import { missingOf, type Status } from '../docker/client.ts'
import { type Attack, atMost } from './attack.ts'
import { spreadTime, statusesOf } from './probe.ts'

const PERIOD_MS = 500
const GOAL_S = 5
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
      await sleep(arena.scale(30, 6) * PERIOD_MS)
      const apart = missingOf(
        (await statusesOf(crowd)).filter((it): it is Status => it !== undefined),
        crowd.ports.length,
      )
      const byIt = await spreadTime(crowd, first, 'by the poisoned one')
      const byAnother = await spreadTime(crowd, others.at(-1)!, 'by another')
      return [
        atMost(
          `all know all, and nobody else${apart === undefined ? '' : ` (${apart})`}`,
          apart ? 1 : 0,
          'faults',
          0,
          1,
        ),
        atMost('a value of the one that heard it reaches all', byIt, 's', GOAL_S, TOLERATED_S - 1),
        atMost('a value of another reaches all', byAnother, 's', GOAL_S, TOLERATED_S - 1),
      ]
    },
  }
}

/** The greatest whole number that the wire can tell. */
export const GREATEST = Number.MAX_SAFE_INTEGER
