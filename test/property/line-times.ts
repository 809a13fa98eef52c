/**
 * How long a node works on a line: the time of the processor, so that what else the machine does is not counted. What
 * collects garbage is, for once, so only a line that takes long again and again is slow.
 */
import type { Daemon } from '../../src/daemon/daemon.ts'

export const MAX_LINE_MS = 250
const TIMES = 3

export class LineTimes {
  worst: { readonly ms: number; readonly line: string } = { ms: 0, line: '' }
  #last = 0
  /** Lines that once took too long. */
  #suspects: string[] = []

  /** From now on each line that it answers is timed. */
  watch(node: Daemon): Daemon {
    const answer = node.answer.bind(node)
    node.answer = (line, connection) => {
      const start = process.cpuUsage()
      try {
        answer(line, connection)
      } finally {
        this.#took(line, millisecondsSince(start))
      }
    }
    return node
  }

  /** @param again has a line heard once more. @throws where one takes too long each time */
  async check(again: (line: string) => Promise<unknown>): Promise<void> {
    for (const line of this.#suspects.splice(0)) {
      const found: number[] = []
      for (let i = 0; i < TIMES; i++) {
        await again(line)
        found.push(this.#last)
      }
      if (Math.min(...found) > MAX_LINE_MS)
        throw new Error(`a line took ${found.join(', ')} ms of the processor: ${line.slice(0, 200)}`)
    }
    this.#suspects = []
  }

  #took(line: string, ms: number): void {
    this.#last = ms
    if (ms > this.worst.ms) this.worst = { ms, line }
    if (ms > MAX_LINE_MS) this.#suspects.push(line)
  }
}

/** Ms since then that this process worked. */
export function millisecondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1000
}
