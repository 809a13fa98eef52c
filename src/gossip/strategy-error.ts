const CHANGED = "what was received can't be changed (nor can options): copy it"

/** What may have handlers. */
export type Kind = 'strategy' | 'membership'

/** A protocol's mistake at run time: one line that names it, the handler and, if that is known, the place in its file. */
export class StrategyError extends Error {
  readonly strategy: string
  readonly handler: string
  readonly kind: Kind

  constructor(strategy: string, handler: string, cause: unknown, place?: string, kind: Kind = 'strategy') {
    super(
      `${kind} ${strategy}, ${handler}: ${saidBy(cause)}${hintOf(cause)}${place === undefined ? '' : ` (${place})`}`,
      {
        cause,
      },
    )
    this.name = 'StrategyError'
    this.strategy = strategy
    this.handler = handler
    this.kind = kind
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
export class ReceivedChanged extends Error {
  constructor(what: string) {
    super(`${what}: ${CHANGED}`)
  }
}

const MOST_SAID = 1000

/** What was thrown may be anything, and say anything: as one line that is not endless. */
function saidBy(cause: unknown): string {
  let text: string
  try {
    text = String(cause instanceof Error ? cause.message : cause)
  } catch {
    text = 'threw what says nothing of itself'
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is one line, whatever it holds
  const line = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim()
  return line.length > MOST_SAID ? `${line.slice(0, MOST_SAID)}…` : line || 'threw an error that says nothing'
}

/** What V8 says where something frozen is written to. */
const FROZEN =
  /^Cannot (add property|assign to read only property|delete property|define property|redefine property|call \w+ of a)/

/** It says what the engine means, in a strategy's words. */
function hintOf(cause: unknown): string {
  return cause instanceof TypeError && FROZEN.test(String(cause.message)) ? `: ${CHANGED}` : ''
}

/** What a handler answers comes to nothing, unless it is a promise. @throws {AsyncHandler} */
export function assertSynchronous(answer: unknown): void {
  if (answer === null || (typeof answer !== 'object' && typeof answer !== 'function')) return
  if (!('then' in answer) || typeof answer.then !== 'function') return
  // What becomes of it must not end the process later.
  if (answer instanceof Promise) answer.catch(() => {})
  throw new AsyncHandler('is async: what it does after an await no host waits for')
}

/** @throws {SchemaViolation} where that is no number that JSON can tell */
export function assertFinite(name: string, value: number): void {
  if (!Number.isFinite(value))
    throw new SchemaViolation(`reports ${name} as ${value}: only a finite number can be told`)
}
