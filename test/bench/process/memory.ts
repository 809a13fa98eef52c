/** MiB of a node's process, of ten at once, beside bare servers with zod: its part of what they share counted (PSS). */
import { setTimeout } from 'node:timers/promises'
import { table } from '../../../src/cli/output/table.ts'
import { Serving } from './child.ts'
import { inWords, machine, ratio } from './measured.ts'

const AT_ONCE = 10
/** Ms until what the start left behind has settled. */
const REST_MS = 20_000

export async function benchProcessMemory(): Promise<void> {
  console.log(machine())
  const bare = await memoryOf(() => Serving.bare())
  const ours = await memoryOf(() => Serving.node())
  const row = ['a process of ten', inWords(bare, 1), inWords(ours, 1), ratio(ours, bare), '1.25']
  console.log(table(['MiB (PSS), median [range]', 'floor', 'ours', 'ratio', 'goal'], [row]))
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
