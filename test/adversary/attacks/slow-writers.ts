import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from '../attack.ts'
import { answerTimes, median, TOLERATED_S } from '../probe.ts'

const LINE_S = 2
/** When a line took too long the other end has a second to read that it did. */
const CLOSING_S = 2

export default {
  what: 'lines come byte by byte, and never end',
  async run(arena) {
    const crowd = await arena.startFew(`--limit lineTime=${LINE_S}s --limit firstLine=${LINE_S}s`)
    const [port] = crowd.ports as [number]
    const connections = arena.scale(500, 100)
    const slow = await arena.flood({ port, connections, text: '{', pause: 200 })
    const half = await arena.flood({ port, connections, text: '{"type":"status"}\n{"type":', pause: 100_000 })
    const times = await answerTimes(port, 10)
    await sleep((LINE_S + CLOSING_S) * 1000)
    const left = (await slow.figures()).open + (await half.figures()).open
    await Promise.all([slow.end(), half.end()])
    return [
      atMost('propagate there, median', median(times), 's', 0.1, TOLERATED_S),
      // A machine that does other work has more to do for each.
      atMost(`of them left after ${LINE_S + CLOSING_S} s`, left, 'connections', 0, connections),
    ]
  },
} satisfies Attack
