import { heldBy } from '../../cli/held.ts'
import { run } from '../../cli/run.ts'
import { until } from '../../daemon/until.ts'
import { type Attack, atMost } from '../attack.ts'
import { answerTimes, median } from '../probe.ts'

/** Beyond these there is no place. */
const PLACES = 2048
const SHORT_PLACES = 200

export default {
  what: 'strangers take all places, and then say nothing',
  async run(arena) {
    const options = arena.scale('', `--limit maxConnections=${SHORT_PLACES} --limit reserved=20`)
    const crowd = await arena.startFew(options)
    const [port] = crowd.ports as [number]
    const before = await heldBy(crowd.pids[0]!)
    const connections = arena.scale(PLACES, SHORT_PLACES) * 1.1
    const idle = await arena.flood({
      port,
      connections: Math.floor(connections),
      text: '{"type":"status"}\n',
      pause: 100_000,
    })
    const { code, stderr } = await run(arena.lifetime, `propagate -p ${port} --value in`)
    const times = await answerTimes(port, arena.scale(20, 5))
    await idle.end()
    const files = async (): Promise<number> => (await heldBy(crowd.pids[0]!)).files - before.files
    await until('they are given back', async () => (await files()) <= MORE_FILES).catch(() => {})
    return [
      atMost(`propagate is turned away ${stderr.trim()}`.trim(), code ?? -1, 'as exit code', 0),
      atMost('a client is answered, median', median(times), 's', 0.1, 10),
      atMost('open files more than before, afterwards', await files(), 'files', MORE_FILES),
    ]
  },
} satisfies Attack

/** Connections between nodes come and go. */
const MORE_FILES = 5
