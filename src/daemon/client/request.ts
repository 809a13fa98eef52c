/** A client of one node: asks one thing, reads one line. */
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
  const answer = await exchange(to, encode(question), transport, timeoutMs)
  const error = errorLine.safeParse(answer)
  if (error.success) throw new Error(`${formatAddress(to)} answers: ${error.data.error}`)
  return parse(`answer of ${formatAddress(to)}`, schema, answer)
}

function exchange(to: Endpoint, question: string, transport: Transport, timeoutMs: number): Promise<unknown> {
  const where = formatAddress(to)
  const hint = transport.isSecure ? '' : ' (does it want TLS: --tls-cert, --tls-key and --tls-ca?)'
  const silence = transport.isSecure ? ' (has it TLS on?)' : ''
  return new Promise((resolve, reject) => {
    let isOpen = false
    const socket = transport.connect(to, () => {
      isOpen = true
      socket.write(question)
    })
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
          clearTimeout(timer)
          resolve(json(line))
          socket.destroy()
          return
        }
      } catch {
        end(new Error(`${where} does not speak this protocol`))
      }
    })
  })
}
