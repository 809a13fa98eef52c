import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ProtocolError, parseLine } from '../../src/daemon/wire.ts'
import { type Protocol, protocol } from '../../src/gossip/protocol.ts'
import { loadStrategy, strategyNames } from '../../src/loader/load.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import { heartbeats, startNode } from '../daemon/node.ts'
import { MAX_LINE_MS, millisecondsSince } from './line-times.ts'
import { slowLines, slowTexts } from './slow-lines.ts'
import { write } from './wire-fuzz.ts'

const COMMON = ['type', 'from', 'timestamp', 'peers', 'hops', 'more']

/** Every type of message that somebody might send, with the fields that are read. */
const TYPES = new Map([
  ['value', [...COMMON, 'value']],
  ['hi', COMMON],
  ['bye', ['from', 'peers']],
  ['nonsense', ['type', 'from', 'more']],
  ['have', ['version', 'from']],
])

test(`when a line is made to be slow then a node is done with it within ${MAX_LINE_MS} ms`, async (t) => {
  const { address } = await startNode(t, { protocol: protocol('plumtree', plumtree, {}) })
  const slowest = new Slowest()
  for (const { name, text } of slowLines(TYPES)) {
    const bytes = Buffer.from(`${text}\n`)
    await slowest.time(name, () => write(address, { bytes, cuts: [] }))
  }
  t.diagnostic(slowest.text)
  assert.ok(slowest.count > 1000)
})

test(`when a strategy's messages are made to be slow then each is read within ${MAX_LINE_MS} ms`, async (t) => {
  const slowest = new Slowest()
  for (const name of await strategyNames()) {
    const strategy = await loadStrategy(name)
    const types = [...strategy.messages].map(([type, { shape }]) => [type, Object.keys(shape)] as const)
    const carried = ['value', Object.keys(strategy.carries?.shape ?? {})] as const
    for (const it of slowTexts(new Map([...types, carried]))) {
      await slowest.time(`${name}, ${it.name}`, async () => read(it.text, strategy))
    }
  }
  t.diagnostic(slowest.text)
  assert.ok(slowest.count > 1000)
})

/** What the process works while one line is handled, its client's part included. */
class Slowest {
  count = 0
  #ms = 0
  #name = ''

  get text(): string {
    return `${this.count} lines, the slowest took ${this.#ms} ms of the processor: ${this.#name}`
  }

  /** @throws where it takes too long three times: once may be for something else that the process had to do */
  async time(name: string, act: () => Promise<unknown>): Promise<void> {
    let least = Number.POSITIVE_INFINITY
    for (let tries = 0; tries < 3 && least > MAX_LINE_MS; tries++) {
      const start = process.cpuUsage()
      await act()
      least = Math.min(least, millisecondsSince(start))
    }
    this.count += 1
    if (least > this.#ms) {
      this.#ms = least
      this.#name = name
    }
    assert.ok(least <= MAX_LINE_MS, `${least} ms: ${name}`)
  }
}

function read(line: string, strategy: Protocol): void {
  try {
    parseLine(line, strategy, heartbeats())
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error
  }
}
