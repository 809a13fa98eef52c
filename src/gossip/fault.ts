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
