import { setTimeout as sleep } from 'node:timers/promises'
import { heldBy } from '../../cli/held.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { line, TOLERATED_S } from '../pipelining.ts'
import { answerTimes, median } from '../probe.ts'

const MORE_FILES = 5
const MiB = 2 ** 20

export default {
  what: 'connections come and go as fast as they are taken, with a word, half a line or none',
  async run(arena) {
    const crowd = await arena.startThree()
    const [port] = crowd.ports as [number]
    const before = await heldBy(crowd.pids[0]!)
    const texts = [line({ type: 'status' }), '{"type":', '', 'nonsense\n', line({ type: 'watch' })]
    const floods = await Promise.all(
      texts.map((text) => arena.flood({ port, connections: 20, text, isChurn: true })),
    )
    await sleep(arena.scale(10_000, 1000))
    const times = await answerTimes(port, 10)
    await Promise.all(floods.map((it) => it.end()))
    const more = async (): Promise<number> => (await heldBy(crowd.pids[0]!)).files - before.files
    await until('all are given back', async () => (await more()) <= MORE_FILES).catch(() => {})
    const { memory } = await heldBy(crowd.pids[0]!)
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      atMost('more open files, afterwards', await more(), 'files', MORE_FILES),
      atMost('more memory, afterwards', (memory - before.memory) / MiB, 'MiB', 100),
    ]
  },
} satisfies Attack
