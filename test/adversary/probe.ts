/** What an honest client sees of nodes while they are attacked. */
import { connect } from 'node:net'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Crowd } from '../cli/crowd.ts'
import type { Json } from '../daemon/client.ts'
import { type Status, status } from '../docker/client.ts'

/** What is not answered within that is as good as never. */
export const NEVER_MS = 30_000
/** What passes for an answer in some time on a machine that has other tests to run. */
export const TOLERATED_S = 10
const LOOK_MS = 20

interface Asking {
  /** Ms. */
  readonly timeout?: number
  /** The line that is waited for. */
  readonly until?: RegExp
}

/** Writes lines over a connection of its own. @returns the line that was waited for, parsed. @throws where none comes */
export function rawAsk(
  port: number,
  messages: readonly object[],
  { timeout = NEVER_MS, until = /^/ }: Asking = {},
): Promise<Json> {
  return new Promise((resolve, reject) => {
    let rest = ''
    const socket = connect({ host: '127.0.0.1', port })
    const timer = setTimeout(() => socket.destroy(new Error(`no answer within ${timeout} ms`)), timeout)
    socket.setNoDelay(true).setEncoding('utf8')
    socket.on('data', (text) => {
      const lines = `${rest}${text}`.split('\n')
      rest = lines.pop()!
      const line = lines.find((it) => until.test(it))
      if (line === undefined) return
      resolve(JSON.parse(line))
      socket.destroy()
    })
    socket.on('error', reject)
    socket.on('close', () => {
      clearTimeout(timer)
      reject(new Error('closed without an answer'))
    })
    socket.write(messages.map((it) => `${JSON.stringify(it)}\n`).join(''))
  })
}

export function give(port: number, value: string, timestamp = Date.now()): Promise<Json> {
  return rawAsk(port, [{ type: 'value', value, timestamp }])
}

/** Seconds from the start of a connection to the answer to the value that it hands over, so many times in a row. */
export async function answerTimes(port: number, times: number): Promise<number[]> {
  const found: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    // Whoever is turned away or hears nothing waited as long as it can be waited for.
    const isHeard = await give(port, `probe ${i}`).then(
      (it) => it.type === 'ack',
      () => false,
    )
    found.push((isHeard ? performance.now() - start : NEVER_MS) / 1000)
    await sleep(50)
  }
  return found
}

export function median(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
}

/**
 * Seconds from handing a value to a node until all have it.
 * @param most ms after which it is given up: that is what is returned then
 */
export async function spreadTime(
  crowd: Crowd,
  from: number,
  value: string,
  most = NEVER_MS,
  timestamp = Date.now(),
): Promise<number> {
  await give(from, value, timestamp)
  const start = performance.now()
  for (;;) {
    const isEverywhere = (await valuesOf(crowd)).every((it) => it === value)
    const passed = performance.now() - start
    if (isEverywhere || passed >= most) return passed / 1000
    await sleep(LOOK_MS)
  }
}

/** The median of some spreads, each from another node. */
export async function medianSpread(
  crowd: Crowd,
  times: number,
  name: string,
  most = NEVER_MS,
): Promise<number> {
  const found: number[] = []
  for (let i = 0; i < times; i++) {
    found.push(await spreadTime(crowd, crowd.ports[i % crowd.ports.length]!, `${name} ${i}`, most))
  }
  return median(found)
}

/** What each node holds; undefined where it does not answer. */
export async function valuesOf(crowd: Crowd): Promise<(string | null | undefined)[]> {
  return (await statusesOf(crowd)).map((it) => it?.value)
}

export function statusesOf(crowd: Crowd): Promise<(Status | undefined)[]> {
  return Promise.all(crowd.ports.map((it) => status(it).catch(() => undefined)))
}
