/** A client of one node: asks one thing, reads one line. */
import { connect } from 'node:net'
import type { z } from 'zod'
import { type Endpoint, formatAddress } from '../daemon/address.ts'
import { LineReader } from '../daemon/lines.ts'
import { encode, errorLine, json, parse } from '../daemon/wire.ts'
import { describe } from './main.ts'

/** Ms to wait for the answer. */
const TIMEOUT_MS = 5000
/** Bytes of an answer: a node may know a thousand peers. */
const MAX_ANSWER = 1_048_576

/** @throws {Error} one line, if nothing answers, or something other than a node */
export async function ask<S extends z.ZodType>(
  to: Endpoint,
  question: object,
  schema: S,
): Promise<z.output<S>> {
  const answer = await exchange(to, encode(question))
  const error = errorLine.safeParse(answer)
  if (error.success) throw new Error(`${formatAddress(to)} answers: ${error.data.error}`)
  return parse(`answer of ${formatAddress(to)}`, schema, answer)
}

function exchange(to: Endpoint, question: string): Promise<unknown> {
  const where = formatAddress(to)
  return new Promise((resolve, reject) => {
    const socket = connect(to)
    const lines = new LineReader(MAX_ANSWER)
    const timer = setTimeout(() => end(new Error(`${where} did not answer within 5 s`)), TIMEOUT_MS)
    const end = (error: Error): void => {
      clearTimeout(timer)
      socket.destroy()
      reject(error)
    }
    socket.on('connect', () => socket.write(question))
    socket.on('error', (error) => end(new Error(`${where}: ${describe(error).replace(`${where}: `, '')}`)))
    socket.on('close', () => end(new Error(`${where} closed the connection without an answer`)))
    socket.on('data', (chunk) => {
      try {
        for (const line of lines.read(chunk)) {
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
