import { setTimeout as sleep } from 'node:timers/promises'
import { heldBy } from '../../cli/held.ts'
import { type Attack, atMost } from '../attack.ts'
import { madeUp, newerValue } from '../lines.ts'
import { answerTimes, give, median, NEVER_MS, spreadTime, TOLERATED_S } from '../probe.ts'

const MOST_BYTES = 32_768
const MiB = 2 ** 20
/** More than what the flood is ahead. */
const AHEAD_MS = 55_000
/** Each takes six bytes of a line, and the quotes two. */
const GREATEST = '\u0001'.repeat(Math.floor((MOST_BYTES - 2) / 6))

export default {
  what: 'newer values of the greatest size come one after the other, where many peers are known',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port, other] = crowd.ports as [number, number]
    const before = await heldBy(crowd.pids[0]!)
    for (const it of crowd.ports)
      await arena.tell(it, { type: 'hi', from: '127.0.0.1:9', peers: madeUp(255) })
    const text = newerValue(`${GREATEST.slice(3)}#`)
    const flooding = await arena.flood({ port, connections: 10, text, grows: true })
    await sleep(arena.scale(5000, 1000))
    const times = await answerTimes(port, 10)
    const { memory } = await heldBy(crowd.pids[0]!)
    await flooding.end()
    const spread = await spreadTime(crowd, other, GREATEST, NEVER_MS, Date.now() + AHEAD_MS)
    const { outcome } = await give(port, `${GREATEST}xxxx${'x'.repeat(6)}`)
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      atMost('more memory', (memory - before.memory) / MiB, 'MiB', 150),
      atMost('one of the greatest size reaches all afterwards', spread, 's', 5, TOLERATED_S),
      atMost('one that is greater is taken', outcome === 'refused' ? 0 : 1, 'faults', 0),
    ]
  },
} satisfies Attack
