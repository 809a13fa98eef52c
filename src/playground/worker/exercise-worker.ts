/** The worker that judges a file by an exercise of the course, as `bin/gossip check --exercise` does. */
import '../no-eval.ts'
import { assertKind } from '../../exercise/exercise.ts'
import { exerciseOf } from '../../exercise/index.ts'
import { membershipProtocol, protocol } from '../../gossip/protocol.ts'
import type { Asked, FromExerciseWorker } from '../exercise-wire.ts'
import { linked } from './link-own.ts'

interface Port {
  onmessage: ((event: { readonly data: Asked }) => void) | null
  postMessage(message: FromExerciseWorker): void
}

const port = globalThis as unknown as Port

port.onmessage = async ({ data }) => {
  try {
    port.postMessage({ verdict: await judge(data) })
  } catch (error) {
    port.postMessage({ fault: (error as Error).message })
  }
}

async function judge({ number, file }: Asked) {
  const exercise = exerciseOf(number)
  assertKind(exercise, file.kind)
  const { definition } = await linked(file)
  const name = file.name.replace(/\.ts$/, '')
  return exercise.kind === 'strategy'
    ? exercise.judge(protocol(name, definition))
    : exercise.judge(membershipProtocol(name, definition))
}
