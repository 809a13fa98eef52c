/** A file of events, one JSON object a line. */
import { closeSync, openSync, writeSync } from 'node:fs'
import type { GossipEvent } from '../measure/event.ts'

/** Characters collected before they are written. */
const CHUNK = 1 << 20

export class TraceFile {
  readonly #file: number
  #lines: string[] = []
  #size = 0

  constructor(path: string) {
    this.#file = openSync(path, 'w')
  }

  write(event: GossipEvent): void {
    const line = JSON.stringify(event)
    this.#lines.push(line)
    this.#size += line.length
    if (this.#size > CHUNK) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    if (this.#lines.length > 0) writeSync(this.#file, `${this.#lines.join('\n')}\n`)
    this.#lines = []
    this.#size = 0
  }
}
