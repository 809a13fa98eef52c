/** Strangers whose every line might be worth one of the log: a disk must not fill with what they say. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from './attack.ts'
import { TOLERATED_S } from './pipelining.ts'
import { answerTimes, median } from './probe.ts'

/** What a node of a quiet cluster logs is a tenth of it. */
const KB_A_SECOND = 100

/** @param text what is written again and again; a `#` in it is a number that grows */
export function logFlood(what: string, text: () => string): Attack {
  return {
    what,
    async run(arena) {
      const crowd = await arena.startThree()
      const [port] = crowd.ports as [number]
      await sleep(1000)
      const logged = (): number => {
        const all = crowd.ports.map((it) => crowd.of(it).stdout.length + crowd.of(it).stderr.length)
        return all.reduce((a, b) => a + b)
      }
      const [before, beganAt] = [logged(), performance.now()]
      const flooding = await arena.flood({ port, connections: 4, text: text(), grows: true })
      await sleep(arena.scale(20_000, 3000))
      const times = await answerTimes(port, 5)
      const { sent } = await flooding.figures()
      const [bytes, seconds] = [logged() - before, (performance.now() - beganAt) / 1000]
      await flooding.end()
      return [
        atMost('log of three nodes', bytes / 1000 / seconds, 'kB/s', KB_A_SECOND, 10 * KB_A_SECOND),
        atMost('log for each byte that was sent', bytes / sent, 'bytes', 1, 2),
        atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      ]
    },
  }
}
