/** Nodes with a process each that are handed values one at a time, and what that takes. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { cpuOf } from '../process/child.ts'
import { median } from '../process/measured.ts'
import { monotonic, type Question, type Said, type Told } from './node-channel.ts'

/** Nodes of one kind: a script beside this one, and what it is given. */
export interface Kind {
  readonly name: string
  readonly script: 'bare' | 'ours'
  readonly flags: readonly string[]
}

export interface Sample {
  /** % of values that reached all nodes before the next one was handed in. */
  readonly complete: number
  /** Ms until each of those had. */
  readonly all: readonly number[]
  /** Of the last three quarters, when links have settled, a value: payloads, messages, bytes on the wire, CPU ms. */
  readonly payloads: number
  readonly messages: number
  readonly bytes: number
  readonly cpu: number
  /** CPU us a message. */
  readonly cpuOfMessage: number
}

const LINKED_MS = 120_000
const SETTLE_MS = 4000
const IDLE_MS = 4000
/** A value that has not reached all until then is left behind. */
const PATIENCE_MS = 1000
/** Ms between two values. */
const GAP_MS = 100
const TO_SETTLE = 0.25

export async function measure(kind: Kind, nodes: number, values: number): Promise<Sample> {
  const cluster = await MeasuredCluster.start(kind, nodes)
  try {
    return await cluster.sample(values)
  } finally {
    cluster.end()
  }
}

class MeasuredCluster {
  readonly #nodes: ChildProcess[] = []
  readonly #heard = new Map<number, number>()

  static async start({ script, flags }: Kind, nodes: number): Promise<MeasuredCluster> {
    const cluster = new MeasuredCluster()
    const file = fileURLToPath(new URL(`./${script}.js`, import.meta.url))
    try {
      const first = await cluster.#startOne(file, flags)
      const others = await Promise.all(
        Array.from({ length: nodes - 1 }, () => cluster.#startOne(file, [...flags, String(first)])),
      )
      // Each pair is linked once where a node dials; ours find each other by themselves.
      const ports = [first, ...others]
      await Promise.all(
        cluster.#nodes.map((it, i) => ask(it, { dial: script === 'bare' ? ports.slice(0, i) : ports })),
      )
      await sleep(SETTLE_MS)
    } catch (error) {
      cluster.end()
      throw error
    }
    return cluster
  }

  async #startOne(file: string, flags: readonly string[]): Promise<number> {
    const it = fork(file, flags, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.#nodes.push(it)
    it.on('message', (said: Said) => {
      if ('heard' in said) this.#heard.set(said.heard, (this.#heard.get(said.heard) ?? 0) + 1)
    })
    const [said] = (await once(it, 'message', { signal: AbortSignal.timeout(LINKED_MS) })) as [
      { port: number },
    ]
    return said.port
  }

  async sample(values: number): Promise<Sample> {
    const idle = this.#usage()
    await sleep(IDLE_MS)
    const rest = perMs(idle, this.#usage())
    const publishedAt: number[] = []
    const settled = Math.floor(values * TO_SETTLE)
    let before = this.#usage()
    let told = await this.#told()
    for (let value = 0; value < values; value++) {
      if (value === settled) {
        before = this.#usage()
        told = await this.#told()
      }
      publishedAt.push(monotonic())
      this.#nodes[Math.floor(Math.random() * this.#nodes.length)]!.send({ publish: value } satisfies Question)
      for (let waited = 0; waited < PATIENCE_MS && this.#heard.get(value) !== this.#nodes.length; waited += 2)
        await sleep(2)
      await sleep(GAP_MS)
    }
    const after = this.#usage()
    const end = await this.#told()
    const count = values - settled
    const ms = after.at - before.at
    const sum = (figure: 'payloads' | 'messages', of: readonly Told[]) =>
      of.reduce((all, it) => all + it[figure], 0)
    const messages = sum('messages', end) - sum('messages', told)
    const cpu = after.cpu - before.cpu - rest.cpu * ms
    const all = this.#timesToAll(end, publishedAt)
    return {
      complete: (100 * all.length) / values,
      all,
      payloads: (sum('payloads', end) - sum('payloads', told)) / count,
      messages: messages / count,
      bytes: (after.bytes - before.bytes - rest.bytes * ms) / count,
      cpu: cpu / count,
      cpuOfMessage: (1000 * cpu) / messages,
    }
  }

  #timesToAll(told: readonly Told[], publishedAt: readonly number[]): number[] {
    return publishedAt.flatMap((from, value) => {
      const next = publishedAt[value + 1] ?? Number.POSITIVE_INFINITY
      const at = Math.max(...told.map(({ heardAt }) => heardAt[value] ?? Number.POSITIVE_INFINITY))
      return at < next ? [at - from] : []
    })
  }

  #told(): Promise<Told[]> {
    return Promise.all(this.#nodes.map((it) => ask<Told>(it, { tell: true })))
  }

  #usage(): Usage {
    return {
      at: monotonic(),
      bytes: bytesOfLoopback(),
      cpu: this.#nodes.reduce((sum, it) => sum + cpuOf(it), 0),
    }
  }

  end(): void {
    for (const it of this.#nodes) it.kill('SIGKILL')
  }
}

interface Usage {
  readonly at: number
  readonly bytes: number
  /** Ms. */
  readonly cpu: number
}

function perMs(from: Usage, to: Usage): { readonly bytes: number; readonly cpu: number } {
  const ms = to.at - from.at
  return { bytes: (to.bytes - from.bytes) / ms, cpu: (to.cpu - from.cpu) / ms }
}

/** What was sent on this namespace's only interface, headers and acknowledgements of TCP included. */
function bytesOfLoopback(): number {
  return Number(/lo:\s*(\d+)/.exec(readFileSync('/proc/net/dev', 'utf8'))![1])
}

/** What it answers, of whatever else it says meanwhile. */
async function ask<T extends Told | { linked: true }>(it: ChildProcess, question: Question): Promise<T> {
  const signal = AbortSignal.timeout(LINKED_MS)
  it.send(question)
  for (;;) {
    const [said] = (await once(it, 'message', { signal })) as [Said]
    if (!('heard' in said)) return said as T
  }
}

/** Median and the 99th of a hundred. */
export function spreadOf(all: readonly number[]): { readonly median: number; readonly p99: number } {
  const sorted = [...all].sort((a, b) => a - b)
  return { median: median(all), p99: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))]! }
}
