/** The worker of a page that simulates: does what it is asked for, one after the other. */
import '../no-eval.ts'
import type { FromWorker, ToWorker } from '../wire.ts'
import { Laboratory } from './laboratory.ts'

interface Port {
  onmessage: ((event: { readonly data: ToWorker }) => void) | null
  postMessage(message: FromWorker): void
}

const port = globalThis as unknown as Port
const laboratory = new Laboratory((it) => port.postMessage(it))

let turn: Promise<void> = Promise.resolve()

port.onmessage = ({ data }) => {
  turn = turn
    .then(() => perform(data))
    .catch((error: Error) => port.postMessage({ kind: 'fault', text: error.message }))
}

async function perform(it: ToWorker): Promise<void> {
  if (it.kind === 'describe') laboratory.describe()
  else if (it.kind === 'start') await laboratory.start(it.asked, it.to)
  else if (it.kind === 'pace') laboratory.pace(it.isPlaying, it.speed)
  else if (it.kind === 'step') laboratory.step()
  else await act(it.id, it.action)
}

async function act(id: number, action: object): Promise<void> {
  try {
    const { step, words } = await laboratory.act(action)
    port.postMessage({ kind: 'acted', id, result: { done: true, words }, step })
  } catch (error) {
    port.postMessage({ kind: 'acted', id, result: { done: false, error: (error as Error).message } })
  }
}
