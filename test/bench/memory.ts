/** What a page and its server hold, minute by minute. */
import { readFile } from 'node:fs/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { BarePage } from './bare-page.ts'

const MIB = 2 ** 20

export class Memory {
  readonly #page: BarePage
  readonly #samples: Record<string, number>[] = []

  constructor(page: BarePage) {
    this.#page = page
  }

  /** After both have let go what they no longer need. @returns it, in MiB and numbers of elements */
  async sample(): Promise<Readonly<Record<string, number>>> {
    await this.#page.send('HeapProfiler.collectGarbage')
    collectGarbage()
    const { JSHeapUsedSize, Nodes } = await this.#page.metrics()
    const { heapUsed, rss } = process.memoryUsage()
    const sample = {
      "page's heap, MiB": mib(JSHeapUsedSize),
      "page's processes, MiB": mib(await residentOf(await this.#page.processes())),
      "page's elements": Nodes,
      "server's heap, MiB": mib(heapUsed),
      "server's process, MiB": mib(rss),
    }
    this.#samples.push(sample)
    return sample
  }

  /** A row each, as `console.table` takes it. */
  table(): Record<string, object> {
    const [first = {}] = this.#samples
    return Object.fromEntries(
      Object.keys(first).map((name) => {
        const values = this.#samples.map((it) => it[name]!)
        return [
          name,
          { 'after a minute': values[0], 'at most': Math.max(...values), 'at the end': values.at(-1) },
        ]
      }),
    )
  }
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

/** Bytes; 0 where the system does not tell. */
async function residentOf(processes: readonly number[]): Promise<number> {
  const sizes = await Promise.all(
    processes.map(async (id) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '')
      return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
    }),
  )
  return sizes.reduce((a, b) => a + b, 0)
}

function mib(bytes: number): number {
  return Number((bytes / MIB).toFixed(1))
}
