import { setTimeout as sleep } from 'node:timers/promises'
import { heldBy } from '../../cli/held.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { line } from '../lines.ts'
import { answerTimes, median, TOLERATED_S } from '../probe.ts'

const MORE_FILES = 5
const MiB = 2 ** 20

export default {
  what: 'connections come and go as fast as they are taken, with a word, half a line or none',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port] = crowd.ports as [number]
    const before = await heldBy(crowd.pids[0]!)
    const texts = [line({ type: 'status' }), '{"type":', '', 'nonsense\n', line({ type: 'watch' })]
    const more = async (): Promise<number> => (await heldBy(crowd.pids[0]!)).files - before.files
    const memory: number[] = []
    const times: number[] = []
    for (let i = 0; i < 3; i++) {
      const floods = await Promise.all(
        texts.map((text) => arena.flood({ port, connections: 20, text, isChurn: true })),
      )
      await sleep(arena.scale(7000, 500))
      times.push(...(await answerTimes(port, arena.scale(10, 3))))
      await Promise.all(floods.map((it) => it.end()))
      await until('all are given back', async () => (await more()) <= MORE_FILES).catch(() => {})
      memory.push((await heldBy(crowd.pids[0]!)).memory)
    }
    const [, second, third] = memory as [number, number, number]
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      atMost('more open files, afterwards', await more(), 'files', MORE_FILES),
      atMost('more memory after the third time than after the second', (third - second) / MiB, 'MiB', 15, 40),
    ]
  },
} satisfies Attack
