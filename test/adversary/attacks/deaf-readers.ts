import { setTimeout as sleep } from 'node:timers/promises'
import { heldBy } from '../../cli/held.ts'
import { type Attack, atMost } from '../attack.ts'
import { line, TOLERATED_S } from '../pipelining.ts'
import { answerTimes, give, median } from '../probe.ts'

const MiB = 2 ** 20
const WATCHERS = 20

export default {
  what: 'answers and watch streams are asked for, and never read',
  async run(arena) {
    const crowd = await arena.startThree('--limit stuck=3s')
    const [port, other] = crowd.ports as [number, number]
    const before = await heldBy(crowd.pids[0]!)
    const deaf = { port, isDeaf: true }
    const asking = await arena.flood({
      ...deaf,
      connections: arena.scale(500, 50),
      text: line({ type: 'status' }),
    })
    const watch = { ...deaf, connections: WATCHERS, text: line({ type: 'watch' }), pause: 100_000 }
    const watching = await arena.flood(watch)
    for (let i = 0; i < arena.scale(500, 50); i++) await give(other, `${i} ${'x'.repeat(30_000)}`)
    const times = await answerTimes(port, 10)
    const during = await heldBy(crowd.pids[0]!)
    // So long a reader may take for what waits for it, and somewhat more.
    await sleep(6000)
    const after = await heldBy(crowd.pids[0]!)
    await Promise.all([asking.end(), watching.end()])
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      atMost('more memory', (during.memory - before.memory) / MiB, 'MiB', 150),
      atMost(
        'more open files when they had their time',
        after.files - before.files,
        'files',
        WATCHERS + 5,
        600,
      ),
    ]
  },
} satisfies Attack
