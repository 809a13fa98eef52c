/** Writes to a real node over real connections, and holds what it does against what it must do. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import type { Daemon } from '../../src/daemon/daemon.ts'
import { DEFAULTS } from '../../src/daemon/settings.ts'
import { startDaemon } from '../../src/daemon/start-daemon.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { DEFAULT_KEY, type Value, wins } from '../../src/gossip/value.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import { settings } from '../daemon/node.ts'
import { LineTimes } from './line-times.ts'
import { type Writing, writing } from './wire-lines.ts'
import { expected } from './wire-oracle.ts'

/** Connections at once: one run. */
export const PER_RUN = 25
/** Runs that one node lives through: what it holds only grows, and fewer and fewer values are newer. */
const RUNS_PER_NODE = 3
const ANSWER_MS = 20_000
const { maxLine, maxValue } = DEFAULTS.limits
const TYPES = new Set(['ack', 'status', 'welcome', 'error'])

export interface Fuzzed {
  readonly cases: number
  readonly bytes: number
  readonly accepted: number
  readonly faults: number
  readonly grownBytes: number
  /** Of the processor, that the slowest line took. */
  readonly slowestMs: number
}

/** @throws with seed, path, and the command that replays it */
export async function fuzz(count: number, seed?: number, path?: string): Promise<Fuzzed> {
  const total = { cases: 0, bytes: 0, accepted: 0, faults: 0 }
  const times = new LineTimes()
  let runs = 0
  let node: Daemon | undefined
  const before = await heap()

  const property = fc.asyncProperty(
    fc.array(writing, { minLength: PER_RUN, maxLength: PER_RUN }),
    async (writings) => {
      if (runs++ % RUNS_PER_NODE === 0) {
        node?.stop('abruptly')
        node = times.watch(
          await startDaemon(settings({ protocol: protocol('plumtree', plumtree, {}), period: 200 })),
        )
      }
      await tryAll(node!, writings, total)
      const { address } = node!
      await times.check((line) => write(address, { bytes: Buffer.from(`${line}\n`), cuts: [] }))
    },
  )
  try {
    const numRuns = Math.ceil(count / PER_RUN)
    const details = await fc.check(property, {
      numRuns,
      seed: seed ?? Date.now() % 2 ** 31,
      path: path ?? '',
      // Shrinking takes many times as long; the command that replays it does that.
      endOnFailure: path === undefined,
    })
    if (details.failed) {
      const replay = `npm run bench -- fuzz ${PER_RUN} ${details.seed} ${details.counterexamplePath}`
      const message = await fc.asyncDefaultReportMessage(details)
      throw new Error(`${message}\n\n${details.errorInstance}\n\nThis replays it: ${replay}`)
    }
    return { ...total, grownBytes: (await heap()) - before, slowestMs: times.worst.ms }
  } finally {
    node?.stop('abruptly')
  }
}

async function tryAll(
  node: Daemon,
  writings: readonly Writing[],
  total: { cases: number; bytes: number; accepted: number; faults: number },
): Promise<void> {
  const model = new Map(node.values().map((it) => [it.key, it]))
  const updates = node.status().updates
  const answers = await Promise.all(writings.map((it) => write(node.address, it)))
  for (const [i, { bytes }] of writings.entries()) {
    const { values, acks, isFault } = expected(bytes, maxLine, maxValue)
    for (const it of values) {
      const held = model.get(it.key)
      if (held === undefined || wins(it, held)) model.set(it.key, it)
    }
    check(answers[i]!, acks, isFault)
    total.bytes += bytes.length
    if (isFault) total.faults += 1
  }
  total.cases += writings.length
  total.accepted += node.status().updates - updates
  same(node.values(), model.values())

  const probe = {
    key: DEFAULT_KEY,
    value: 'still here',
    timestamp: (model.get(DEFAULT_KEY)?.timestamp ?? 0) + 1,
  }
  const said = Buffer.from(`${JSON.stringify({ type: 'value', ...probe })}\n`)
  const [ack] = await write(node.address, { bytes: said, cuts: [] })
  assert.equal(ack?.outcome, 'accepted')
  same(node.values(), model.set(DEFAULT_KEY, probe).values())
}

function same(held: Iterable<Value>, model: Iterable<Value>): void {
  const [one, other] = [held, model].map((values) =>
    [...values]
      .map(({ key, value, timestamp }) => ({ key, value, timestamp }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  )
  assert.deepEqual(one, other)
}

interface Answer {
  readonly type?: string
  readonly event?: string
  readonly outcome?: string
}

function check(answers: readonly Answer[], acks: number, isFault: boolean): void {
  for (const it of answers) assert.ok(TYPES.has(it.type ?? '') || it.event !== undefined, JSON.stringify(it))
  assert.equal(answers.filter((it) => it.type === 'ack' && it.event === undefined).length, acks)
  const errors = answers.filter((it) => it.type === 'error')
  assert.equal(errors.length, isFault ? 1 : 0, JSON.stringify(errors))
  if (isFault) assert.equal(answers.at(-1)?.type, 'error')
}

/** Writes it in its pieces, ends, and reads until the node has closed. */
export function write(address: string, { bytes, cuts }: Writing): Promise<Answer[]> {
  const [host, port] = address.split(':')
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const socket = connect({ host: host!, port: Number(port) })
    socket.setNoDelay(true)
    const timer = setTimeout(() => socket.destroy(new Error(`not closed within ${ANSWER_MS} ms`)), ANSWER_MS)
    socket.on('data', (part) => parts.push(part as Buffer))
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(timer)
      const lines = Buffer.concat(parts).toString().split('\n')
      resolve(lines.filter(Boolean).map((it) => JSON.parse(it) as Answer))
    })
    socket.on('connect', async () => {
      let rest = bytes
      for (const cut of cuts) {
        socket.write(rest.subarray(0, cut))
        rest = rest.subarray(cut)
        await turn()
      }
      socket.end(rest)
    })
  })
}

/** Bytes in use, after what is not in use was let go. */
async function heap(): Promise<number> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  await turn()
  gc()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
