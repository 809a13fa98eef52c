/** A client of one node: asks something, reads a line for each question. */
import type { z } from 'zod'
import { describe } from '../../parse/system-errors.ts'
import { type Endpoint, formatAddress } from '../address/address.ts'
import { LineReader } from '../transport/line-reader.ts'
import { describeTls } from '../transport/tls-errors.ts'
import { plain, type Transport } from '../transport/transport.ts'
import { encode, errorLine, json, parse } from '../wire.ts'

/** Ms to wait for the answer, where nothing else is said. */
const TIMEOUT_MS = 5000
/** Bytes of an answer: a node may know a thousand peers. */
const MAX_ANSWER = 1_048_576

/** @throws {Error} one line, if nothing answers, or something other than a node */
export async function request<S extends z.ZodType>(
  to: Endpoint,
  question: object,
  schema: S,
  transport: Transport = plain,
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<S>> {
  const [answer] = await requests(to, [question], schema, transport, timeoutMs)
  return answer as z.output<S>
}

/** Several over one connection, one after the other. @throws {Error} as `request` */
export async function requests<S extends z.ZodType>(
  to: Endpoint,
  questions: readonly object[],
  schema: S,
  transport: Transport = plain,
  timeoutMs = TIMEOUT_MS,
): Promise<z.output<S>[]> {
  if (questions.length === 0) return []
  const answers = await exchange(to, questions.map(encode), transport, timeoutMs)
  return answers.map((answer) => {
    const error = errorLine.safeParse(answer)
    if (error.success) throw new Error(`${formatAddress(to)} answers: ${error.data.error}`)
    return parse(`answer of ${formatAddress(to)}`, schema, answer)
  })
}

function exchange(
  to: Endpoint,
  questions: readonly string[],
  transport: Transport,
  timeoutMs: number,
): Promise<unknown[]> {
  const where = formatAddress(to)
  const hint = transport.isSecure ? '' : ' (does it want TLS: --tls-cert, --tls-key and --tls-ca?)'
  const silence = transport.isSecure ? ' (has it TLS on?)' : ''
  return new Promise((resolve, reject) => {
    let isOpen = false
    const socket = transport.connect(to, () => {
      isOpen = true
      socket.write(questions[0]!)
    })
    const answers: unknown[] = []
    const lines = new LineReader(MAX_ANSWER)
    const timer = setTimeout(
      () => end(new Error(`${where} did not answer within ${timeoutMs / 1000} s${silence}`)),
      timeoutMs,
    )
    const end = (error: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    socket.on('error', (error) => {
      const why = transport.isSecure ? describeTls(error, isOpen) : undefined
      end(new Error(`${where}${why ? ` ${why}` : `: ${describe(error).replace(`${where}: `, '')}`}`))
    })
    socket.on('close', () => end(new Error(`${where} closed the connection without an answer${hint}`)))
    socket.on('data', (chunk) => {
      try {
        for (const line of lines.read(chunk)) {
          if (line === '') continue
          const answer = json(line)
          answers.push(answer)
          // An error ends it: what comes after it is of another question.
          if (answers.length === questions.length || errorLine.safeParse(answer).success) {
            clearTimeout(timer)
            resolve(answers)
            socket.destroy()
            return
          }
          timer.refresh()
          socket.write(questions[answers.length]!)
        }
      } catch {
        end(new Error(`${where} does not speak this protocol`))
      }
    })
  })
}
