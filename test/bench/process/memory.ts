/** MiB of a node's process, of ten at once, beside bare servers with zod: its part of what they share counted (PSS). */
import { setTimeout } from 'node:timers/promises'
import type { Row } from '../row.ts'
import { Serving } from './child.ts'

const AT_ONCE = 10
/** Ms until what the start left behind has settled. */
const REST_MS = 20_000

export async function processMemory(): Promise<Row[]> {
  const bare = await memoryOf(() => Serving.bare())
  const ours = await memoryOf(() => Serving.node())
  return [{ what: 'memory of a process, of ten, MiB (PSS)', floor: bare, ours, goal: 1.25, digits: 1 }]
}

async function memoryOf(start: () => Promise<Serving>): Promise<number[]> {
  const all: Serving[] = []
  try {
    while (all.length < AT_ONCE) all.push(await start())
    await setTimeout(REST_MS)
    return all.map((it) => it.mib)
  } finally {
    await Promise.all(all.map((it) => it.end()))
  }
}
