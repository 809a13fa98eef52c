import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost, type Figure } from '../attack.ts'
import { line, madeUp } from '../lines.ts'
import { answerTimes, median, spreadTime, TOLERATED_S } from '../probe.ts'

const from = '127.0.0.1:9'
const floods: Readonly<Record<string, () => string>> = {
  status: () => line({ type: 'status' }),
  'values that are old': () => line({ type: 'value', value: 'x', timestamp: 1 }),
  'values that are too long': () =>
    line({ type: 'value', value: '\u0001'.repeat(5500), timestamp: Date.now() }),
  'lines of 64 KiB that say little': () => line({ type: 'status', more: 'x'.repeat(65_000) }),
  'JSON 30,000 levels deep': () => `{"type":"status","more":${'['.repeat(30_000)}${']'.repeat(30_000)}}\n`,
  'blank lines': () => '\n',
  'lines of blanks': () => `${' '.repeat(200)}\n`,
  'goodbyes of somebody made up': () => line({ type: 'bye', from, peers: madeUp(1) }),
  'messages of a strategy that no node has': () => line({ type: 'nonsense', from, peers: [] }),
  'contacts that name 256 peers': () => line({ type: 'hi', from, peers: madeUp(256) }),
}
/** With a period of 1 s: a value that misses a node comes with the next period. */
const SPREAD_S = 3
/** A flood that is one. */
const LEAST_BYTES = 500_000

export default {
  what: 'hundreds of connections pipeline legal lines, and read the answers',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port, other] = crowd.ports as [number, number]
    const figures: Figure[] = []
    for (const [name, text] of Object.entries(floods)) {
      const flooding = await arena.flood({ port, connections: arena.scale(200, 60), text: text() })
      await sleep(arena.scale(3000, 200))
      const times = await answerTimes(port, arena.scale(20, 3))
      const spread = await spreadTime(crowd, other, `under ${name}`)
      const { sent } = await flooding.figures()
      if (sent < LEAST_BYTES) throw new Error(`the flood of ${name} stands still: ${sent} bytes`)
      await flooding.end()
      figures.push(
        atMost(`${name}: propagate there, median`, median(times), 's', 0.1, TOLERATED_S),
        atMost(`${name}: the longest`, Math.max(...times), 's', 1, TOLERATED_S),
        atMost(`${name}: a value of another node reaches all`, spread, 's', SPREAD_S, TOLERATED_S),
      )
    }
    return figures
  },
} satisfies Attack
