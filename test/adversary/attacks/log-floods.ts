/** Lines each of which might be worth one of the log: a disk must not fill with what strangers say. */
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Attack, atMost, type Figure } from '../attack.ts'
import { line, newerValue } from '../lines.ts'
import { answerTimes, median, TOLERATED_S } from '../probe.ts'

/** Of all nodes. */
const KB_A_SECOND = 100

const ports = Array.from({ length: 500 }, (_, i) => 1 + i)
const floods: Readonly<Record<string, () => string>> = {
  'newer values, long ones': () => newerValue(`#${'z'.repeat(32_000)}`),
  'newer values, short ones': () => newerValue('#').repeat(100),
  'values of the future, of many senders': () =>
    ports.map((it) => line({ ...value('#', Number.MAX_SAFE_INTEGER - it), ...sender(it) })).join(''),
  'values that are too long, of many senders': () =>
    ports
      .slice(0, 50)
      .map((it) => line({ ...value('z'.repeat(33_000), 2), ...sender(it) }))
      .join(''),
  'peers that nobody knew': () =>
    ports.map((it) => line({ type: 'hi', from: `127.0.${it % 200}.7:${it}`, peers: [] })).join(''),
}

function value(text: string, timestamp: number): object {
  return { type: 'value', value: text, timestamp }
}

function sender(port: number): object {
  return { from: `127.0.0.9:${port}`, peers: [] }
}

export default {
  what: 'each line might be worth one of the log',
  async run(arena) {
    const crowd = await arena.startFew()
    const [port] = crowd.ports as [number]
    const logged = (): number => {
      const all = crowd.ports.map((it) => crowd.of(it).stdout.length + crowd.of(it).stderr.length)
      return all.reduce((a, b) => a + b)
    }
    const figures: Figure[] = []
    for (const [name, text] of Object.entries(floods)) {
      const [before, beganAt] = [logged(), performance.now()]
      const flooding = await arena.flood({ port, connections: 4, text: text(), grows: true })
      await sleep(arena.scale(20_000, 1000))
      const times = await answerTimes(port, 3)
      const { sent } = await flooding.figures()
      const [bytes, seconds] = [logged() - before, (performance.now() - beganAt) / 1000]
      await flooding.end()
      figures.push(
        // The first lines of a kind come all at once.
        atMost(`${name}: log of the nodes`, bytes / 1000 / seconds, 'kB/s', KB_A_SECOND, 20 * KB_A_SECOND),
        atMost(`${name}: log for each byte sent`, bytes / sent, 'bytes', 0.1, 1),
        atMost(`${name}: propagate there, median`, median(times), 's', 0.1, TOLERATED_S),
      )
    }
    return figures
  },
} satisfies Attack
