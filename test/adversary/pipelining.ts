/** Many connections that write legal lines as fast as they are taken, and read the answers. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost } from './attack.ts'
import { answerTimes, median, spreadTime } from './probe.ts'

const ANSWER_S = 0.1
/** With a period of 1 s: a value that misses a node comes with the next period. */
const SPREAD_S = 3
/** A flood that is one. */
const LEAST_BYTES = 1_000_000
export const TOLERATED_S = 10

/** @param text a line or more, asked for when the attack begins */
export function pipelining(what: string, text: () => string): Attack {
  return {
    what: `200 connections pipeline ${what}`,
    async run(arena) {
      const crowd = await arena.startThree()
      const [port, other] = crowd.ports as [number, number]
      const flooding = await arena.flood({ port, connections: arena.scale(200, 60), text: text() })
      await sleep(arena.scale(3000, 500))
      const times = await answerTimes(port, arena.scale(20, 5))
      const spread = await spreadTime(crowd, other, 'under the flood')
      const { sent } = await flooding.figures()
      if (sent < LEAST_BYTES) throw new Error(`the flood stands still: ${sent} bytes`)
      await flooding.end()
      return [
        atMost('propagate there, median', median(times), 's', ANSWER_S, TOLERATED_S),
        atMost('propagate there, longest', Math.max(...times), 's', 1, TOLERATED_S),
        atMost('a value of another node reaches all', spread, 's', SPREAD_S, TOLERATED_S),
      ]
    },
  }
}

/** Peers that somebody makes up: nothing listens at any of them. */
export function madeUp(count: number, heartbeat = Date.now()): { address: string; heartbeat: number }[] {
  return Array.from({ length: count }, (_, i) => ({
    address: `127.${1 + Math.floor(i / 62_500)}.${Math.floor(i / 250) % 250}.${1 + (i % 250)}:9`,
    heartbeat,
  }))
}

export function line(message: object): string {
  return `${JSON.stringify(message)}\n`
}
