/** Whoever can send a share can move the mean: but not keep the nodes from ever telling one again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { rawAsk } from '../probe.ts'

const PERIOD_MS = 300

const shares = [
  { sum: 1e308, weight: 0 },
  { sum: 1e308, weight: 1e308 },
  { sum: 1e308, weight: 1e308 },
  { sum: -1e308, weight: 0 },
  { sum: 5e-324, weight: 5e-324 },
  { sum: -0, weight: 0 },
]

export default {
  what: 'shares come whose sum no number can hold',
  async run(arena) {
    const crowd = await arena.start({
      nodes: 3,
      period: PERIOD_MS,
      options: '--strategy push-sum --number 10',
    })
    const [port] = crowd.ports as [number]
    const from = '127.0.0.1:9'
    await arena.tell(
      port,
      { type: 'hi', from, peers: [] },
      ...shares.map((it) => ({ type: 'share', from, peers: [], ...it })),
    )
    await sleep(10 * PERIOD_MS)
    const reports = await Promise.allSettled(
      crowd.ports.map((it) =>
        rawAsk(it, [{ type: 'watch' }], { until: /"event":"report"/, timeout: arena.scale(10_000, 8000) }),
      ),
    )
    const silent = reports.filter((it) => it.status === 'rejected').length
    return [atMost('nodes that tell no mean any more', silent, 'nodes', 0)]
  },
} satisfies Attack
