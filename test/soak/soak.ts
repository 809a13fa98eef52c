/**
 * Twenty processes that keep their values on disk, for as long as one likes: a value each 50 ms while nodes are
 * killed and started again, stopped and continued, their clocks set and strangers about. In the end all agree on the
 * newest value, and what the nodes that lived all the time hold is what they held in the middle.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { startFlood } from '../adversary/flood.ts'
import { line, madeUp } from '../adversary/lines.ts'
import { Crowd } from '../cli/crowd.ts'
import { every, Flow, oneOf } from '../cli/flow.ts'
import { type Held, heldBy } from '../cli/held.ts'
import type { Lifetime } from '../daemon/lifetime.ts'
import { until } from '../daemon/until.ts'
import { environment, reachableBy, setAhead } from './inside.ts'

const NODES = 20
/** The first ones are not killed, so what they hold can be compared. */
const SPARED = 5
const VALUE_MS = 50
const KILL_MS = 2000
const STOP_MS = 3000
const STEP_MS = 5000
const FLOOD_MS = 15_000
/** For so long a process stands still, and strangers are about. */
const STOPPED_MS = 1500
const FLOODED_MS = 3000
/** Within what clocks may differ by. */
const STEPS_MS = [20_000, -20_000, 0]
/** Ms before what is held is looked at, in which nobody does anything but the nodes. */
const CALM_MS = 3000
const FLOODERS = 50
/** What a flood has sent is heard, though whoever sent it has gone: of lines without a word that may be seconds. */
const LEFT_MS = 90_000

const floods = [
  { text: line({ type: 'status' }) },
  { text: line({ type: 'value', value: 'old', timestamp: 1, from: '127.0.0.1:9', peers: madeUp(32) }) },
  { text: line({ type: 'hi', from: '127.0.0.1:9', peers: madeUp(255) }) },
  { text: '\n' },
  { text: 'nonsense\n', isChurn: true },
  { text: line({ type: 'status' }), isDeaf: true },
]

interface HeldInside extends Held {
  /** Bytes that it can reach. */
  readonly reachable: number
}

export interface Soaked {
  /** What was done, so often. */
  readonly done: Readonly<Record<string, number>>
  /** Answers that nothing explains. */
  readonly faults: readonly string[]
  /** Ms until all held the newest value, and until all knew all. */
  readonly agreedAfter: number
  readonly knownAfter: number
  /** Of the nodes that lived all the time, in the middle and at the end. */
  readonly middle: readonly HeldInside[]
  readonly end: readonly HeldInside[]
  /** Of all nodes. */
  readonly most: Held
}

export async function soak(lifetime: Lifetime, seconds: number): Promise<Soaked> {
  const folder = await mkdtemp(join(tmpdir(), 'gossip-test-'))
  lifetime.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }))
  const options = (port: number) => `--period 300ms --log-level warn --data-dir ${join(folder, `${port}`)}`
  const crowd = await Crowd.start(lifetime, NODES, options, { env: environment(folder) })
  const spared = crowd.pids.slice(0, SPARED)
  const flow = new Flow(crowd)
  const done = { killed: 0, stopped: 0, 'clocks set': 0, floods: 0 }
  const first = await Promise.all(spared.map(heldBy))
  const look = (): Promise<HeldInside[]> =>
    Promise.all(
      spared.map(async (pid) => ({ reachable: await reachableBy(folder, pid), ...(await heldBy(pid)) })),
    )
  const areFloodsOver = async (): Promise<boolean> => {
    const all = await Promise.all(spared.map(heldBy))
    return all.every((it, i) => it.files < first[i]!.files + FLOODERS)
  }
  const half = async (): Promise<void> => {
    const endAt = performance.now() + (seconds * 1000) / 2
    const [killed, stopped, stepped, flooded] = await Promise.all([
      every(KILL_MS, endAt, () => killOne(crowd)),
      every(STOP_MS, endAt, () => stopOne(crowd)),
      every(Math.min(STEP_MS, seconds * 100), endAt, () =>
        setAhead(folder, oneOf(crowd.pids), oneOf(STEPS_MS)),
      ),
      every(Math.min(FLOOD_MS, seconds * 200), endAt, () => floodOne(lifetime, crowd)),
      every(VALUE_MS, endAt, async () => flow.give()),
    ])
    done.killed += killed
    done.stopped += stopped
    done['clocks set'] += stepped
    done.floods += flooded
    await flow.settled()
    await until('all of the floods was heard', areFloodsOver, LEFT_MS)
    await sleep(CALM_MS)
  }
  await half()
  const middle = await look()
  await half()
  const agreedAfter = await crowd.hold(...flow.last)
  const knownAfter = await crowd.know()
  await crowd.hold(...flow.last)
  const all = await Promise.all(crowd.pids.map(heldBy))
  const { accepted, unanswered, faults } = flow
  return {
    done: { values: accepted.size, unanswered: unanswered.size, ...done },
    faults,
    ...{ agreedAfter, knownAfter, middle },
    end: await look(),
    most: {
      memory: Math.max(...all.map((it) => it.memory)),
      files: Math.max(...all.map((it) => it.files)),
    },
  }
}

async function killOne(crowd: Crowd): Promise<void> {
  const port = oneOf(crowd.ports.slice(SPARED))
  await crowd.kill(port)
  crowd.start(port)
}

async function stopOne(crowd: Crowd): Promise<void> {
  const { process } = crowd.of(oneOf(crowd.ports))
  process.kill('SIGSTOP')
  await sleep(STOPPED_MS)
  process.kill('SIGCONT')
}

async function floodOne(lifetime: Lifetime, crowd: Crowd): Promise<void> {
  const flooding = await startFlood(lifetime, {
    port: oneOf(crowd.ports),
    connections: FLOODERS,
    ...oneOf(floods),
  })
  await sleep(FLOODED_MS)
  await flooding.end()
}

/** What the nodes that lived all the time took more from the middle to the end, at most. */
export function grown({ middle, end }: Soaked): HeldInside {
  return {
    reachable: Math.max(...end.map((it, i) => it.reachable - middle[i]!.reachable)),
    memory: Math.max(...end.map((it, i) => it.memory - middle[i]!.memory)),
    files: Math.max(...end.map((it, i) => it.files - middle[i]!.files)),
  }
}
