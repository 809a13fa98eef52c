/** A strategy's mistake at run time: one line that names strategy and handler. */
export class Fault extends Error {
  readonly strategy: string
  readonly handler: string

  constructor(strategy: string, handler: string, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause)
    super(`strategy ${strategy}, ${handler}: ${what}`, { cause })
    this.name = 'Fault'
    this.strategy = strategy
    this.handler = handler
  }
}
