/** The verdict of an exercise on a file, from a worker that ends with it. */
import type { FromExerciseWorker } from '../../exercise-wire.ts'
import type { OwnFile } from '../../wire.ts'
import { workerOf } from '../worker-of.ts'
import { text } from '../worker-text/exercise.ts'

/** A strategy that does not come back is ended after that. */
const PATIENCE_MS = 120_000

export function judge(number: number, file: OwnFile): Promise<FromExerciseWorker> {
  const worker = workerOf(text)
  return new Promise<FromExerciseWorker>((resolve) => {
    const timer = setTimeout(
      () => resolve({ fault: `no verdict within ${PATIENCE_MS / 1000} s: it was stopped` }),
      PATIENCE_MS,
    )
    const answer = (it: FromExerciseWorker): void => {
      clearTimeout(timer)
      resolve(it)
    }
    worker.onmessage = ({ data }: MessageEvent<FromExerciseWorker>) => answer(data)
    worker.onerror = ({ message }) => answer({ fault: message })
    worker.postMessage({ number, file })
  }).finally(() => worker.terminate())
}
