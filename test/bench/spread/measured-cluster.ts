/** Nodes with a process each that are handed values one at a time, and what that takes. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { median } from '../process/measured.ts'
import type { ClientWords, Kind, MeasuredNode, Starting } from './kind.ts'
import { monotonic, type Told } from './node-channel.ts'
import { TcpClient } from './tcp-client.ts'

export interface Sample {
  /** % of values that reached all nodes before the next one was handed in. */
  readonly complete: number
  /** Ms until each of those had. */
  readonly all: readonly number[]
  /** The same as a TCP client sees it, of other values. */
  readonly byClient: readonly number[]
  /** Of the last three quarters, when links have settled, a value: payloads, messages, bytes on the wire, CPU ms. */
  readonly payloads: number
  readonly messages: number
  readonly bytes: number
  readonly cpu: number
  /** CPU us a message. */
  readonly cpuOfMessage: number
}

const SETTLE_MS = 4000
const IDLE_MS = 4000
/** A value that has not reached all until then is left behind. */
const PATIENCE_MS = 1000
/** Ms between two values. */
const GAP_MS = 100
const TO_SETTLE = 0.25
/** Of as many values as else. */
const BY_CLIENT = 0.25

export async function measure(kind: Kind, nodes: number, values: number): Promise<Sample> {
  const cluster = new MeasuredCluster()
  try {
    const ports = await kind.start(nodes, cluster)
    await sleep(SETTLE_MS)
    const sample = await cluster.sample(values)
    const byClient = kind.client === undefined ? [] : await timesByClient(kind.client, ports, values)
    return { ...sample, byClient }
  } finally {
    cluster.end()
  }
}

/** @param before values that were handed in already */
async function timesByClient(
  words: ClientWords,
  ports: readonly number[],
  before: number,
): Promise<number[]> {
  const client = new TcpClient(words, ports)
  const times: number[] = []
  try {
    await client.watch()
    for (let i = 0; i < Math.ceil(before * BY_CLIENT); i++) {
      const ms = await client.hand(before + i, PATIENCE_MS)
      if (ms !== undefined) times.push(ms)
      await sleep(GAP_MS)
    }
    return times
  } finally {
    client.end()
  }
}

class MeasuredCluster implements Starting {
  readonly #nodes: MeasuredNode[] = []
  readonly #heard = new Map<number, number>()

  readonly add = (it: MeasuredNode): void => {
    this.#nodes.push(it)
  }

  readonly heard = (value: number): void => {
    this.#heard.set(value, (this.#heard.get(value) ?? 0) + 1)
  }

  async sample(values: number): Promise<Omit<Sample, 'byClient'>> {
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
      this.#nodes[Math.floor(Math.random() * this.#nodes.length)]!.publish(value)
      for (let waited = 0; waited < PATIENCE_MS && this.#heard.get(value) !== this.#nodes.length; waited += 2)
        await sleep(2)
      await sleep(GAP_MS)
    }
    const after = this.#usage()
    const end = await this.#told()
    const count = values - settled
    const ms = after.at - before.at
    const sum = (figure: 'payloads' | 'messages', of: readonly Told[]) =>
      of.reduce((all, it) => all + (it[figure] ?? Number.NaN), 0)
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
    return Promise.all(this.#nodes.map((it) => it.told()))
  }

  #usage(): Usage {
    return {
      at: monotonic(),
      bytes: bytesOfLoopback(),
      cpu: this.#nodes.reduce((sum, it) => sum + it.cpu(), 0),
    }
  }

  end(): void {
    for (const it of this.#nodes) it.end()
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

/** Median and the 99th of a hundred. */
export function spreadOf(all: readonly number[]): { readonly median: number; readonly p99: number } {
  const sorted = [...all].sort((a, b) => a - b)
  return { median: median(all), p99: sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))]! }
}
