import { heldBy } from '../../cli/held.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { line } from '../lines.ts'
import { answerTimes, give, median, TOLERATED_S } from '../probe.ts'

const MiB = 2 ** 20
const WATCHERS = 20
/** Connections between nodes come and go. */
const MORE_FILES = 5

export default {
  what: 'answers and watch streams are asked for, and never read',
  async run(arena) {
    const crowd = await arena.startFew('--limit stuck=3s')
    const [port, other] = crowd.ports as [number, number]
    const before = await heldBy(crowd.pids[0]!)
    const deaf = { port, isDeaf: true }
    const asking = await arena.flood({
      ...deaf,
      connections: arena.scale(100, 20),
      text: line({ type: 'status' }),
    })
    const watch = { ...deaf, connections: WATCHERS, text: line({ type: 'watch' }), pause: 100_000 }
    const watching = await arena.flood(watch)
    for (let i = 0; i < arena.scale(500, 50); i++) await give(other, `${i} ${'x'.repeat(30_000)}`)
    const times = await answerTimes(port, 10)
    const during = await heldBy(crowd.pids[0]!)
    // What the system keeps for a reader is not the node's: only when that is full, too, does the reader hold it up.
    const more = async (): Promise<number> => (await heldBy(crowd.pids[0]!)).files - before.files
    await until('they are closed', async () => (await more()) <= WATCHERS + MORE_FILES, 60_000).catch(
      () => {},
    )
    const left = await more()
    await Promise.all([asking.end(), watching.end()])
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      atMost('more memory', (during.memory - before.memory) / MiB, 'MiB', 150),
      atMost('more open files when they had their time', left, 'files', WATCHERS + MORE_FILES, 600),
    ]
  },
} satisfies Attack
