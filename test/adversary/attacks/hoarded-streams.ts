import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { line } from '../lines.ts'
import { rawAsk } from '../probe.ts'

/** As many as a node has. */
const STREAMS = 64

export default {
  what: 'one connection asks for every watch stream that there is',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port] = crowd.ports as [number]
    const text = line({ type: 'watch' }).repeat(STREAMS)
    const hoarding = await arena.flood({ port, connections: 1, text, pause: 100_000 })
    await sleep(500)
    const heard = await rawAsk(port, [{ type: 'watch' }, { type: 'status' }]).catch(() => ({ type: 'none' }))
    await hoarding.end()
    return [
      atMost('watch streams that an honest client is refused', heard.type === 'error' ? 1 : 0, 'streams', 0),
    ]
  },
} satisfies Attack
