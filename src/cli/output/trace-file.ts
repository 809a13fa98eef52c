/** A file of events, one JSON object a line; or a pipe. */
import { isClosedPipe, Output } from '../../files/output.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { printableJson } from '../../text/printable.ts'

/** Characters collected before they are written. */
const CHUNK = 1 << 20

export class TraceFile {
  readonly #output: Output
  #lines: string[] = []
  #size = 0

  /** @throws {Error} one line, if it can't be written */
  constructor(path: string) {
    this.#output = new Output(path)
  }

  write(event: GossipEvent): void {
    const line = printableJson(JSON.stringify(event))
    this.#lines.push(line)
    this.#size += line.length
    if (this.#size > CHUNK) this.flush()
  }

  close(): void {
    this.flush()
    this.#output.close()
  }

  /** A pipe that nobody reads any more is no fault: the process ends. */
  flush(): void {
    const lines = this.#lines
    this.#lines = []
    this.#size = 0
    try {
      if (lines.length > 0) this.#output.write(`${lines.join('\n')}\n`)
    } catch (error) {
      if (isClosedPipe(error)) process.exit(0)
      throw error
    }
  }
}
