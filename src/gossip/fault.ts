/** A strategy's mistake at run time: one line that names strategy, handler and, if that is known, the place in its file. */
export class Fault extends Error {
  readonly strategy: string
  readonly handler: string

  constructor(strategy: string, handler: string, cause: unknown, place?: string) {
    const what = cause instanceof Error ? cause.message : String(cause)
    super(`strategy ${strategy}, ${handler}: ${what}${place === undefined ? '' : ` (${place})`}`, { cause })
    this.name = 'Fault'
    this.strategy = strategy
    this.handler = handler
  }
}

// What the node itself finds wrong, as the cause of a fault: a kind each, for nobody should have to read the text.

/** A message that its schema refuses, that is not declared, or that is something else when it arrives. */
export class SchemaViolation extends Error {}

/** It sends without end. */
export class Runaway extends Error {}

/** It asks its node without end, and sends nothing. */
export class EndlessLoop extends Error {}

/** A handler is asynchronous. */
export class AsyncHandler extends Error {}

/** It wrote to what it had received, or to its options. */
export class ReceivedChanged extends Error {}
