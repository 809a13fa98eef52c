/** One simulation in a worker of its own, which can be ended: a strategy that does not come back takes nothing else with it. */
import type { Connection, Listener } from '../../page/browser/connection.ts'
import { Store } from '../../page/browser/store.ts'
import { parsedVisibly } from '../../page/model/visible-text.ts'
import type { ActionResult, ServerMessage } from '../../page/wire.ts'
import type { Asked, Description, FromWorker, Moment, ToWorker } from '../wire.ts'
import { workerOf } from './worker-of.ts'
import { text } from './worker-text/simulation.ts'

/** Ms for which a worker that has something to do may say nothing, and between two looks at it. */
const PATIENCE_MS = 8000
const WATCH_MS = 500

const OF_A_RUN: ReadonlySet<FromWorker['kind']> = new Set(['told', 'moment', 'result', 'fault'])

export class Lab implements Connection {
  readonly store: Store
  description: Description | null = null
  moment: Moment | null = null
  /** Of the last run that ended, until another one begins. */
  record: object | null = null
  fault = ''
  asked: Asked | null = null
  readonly #changed: () => void
  #listener: Listener | undefined
  #worker: Worker
  /** Runs that were asked for, and have not begun: what comes until then is of another one. */
  #toBegin = 0
  /** How often it has been looked at since it should say something; undefined where it rests. */
  #looks: number | undefined
  readonly #timer: ReturnType<typeof setInterval>
  readonly #acts = new Map<number, (result: ActionResult) => void>()
  #count = 0

  constructor(changed: () => void) {
    this.#changed = changed
    this.#worker = this.#begin()
    this.store = new Store(this)
    // The clock of the simulation is slow motion already.
    this.store.replaysItself = false
    this.store.start()
    this.#timer = setInterval(() => this.#watch(), WATCH_MS)
  }

  // What a page's store asks of it.

  open(listener: Listener): void {
    this.#listener = listener
    listener.connected(true)
  }

  close(): void {}

  act(action: object): Promise<ActionResult> {
    const id = this.#count++
    return new Promise((resolve) => {
      this.#acts.set(id, resolve)
      this.#say({ kind: 'act', id, action })
    })
  }

  scenario(): string {
    return `${JSON.stringify(this.asked?.steps ?? [], null, 2)}\n`
  }

  // What the playground asks of it.

  start(asked: Asked, to = 0): void {
    this.asked = asked
    this.fault = ''
    this.record = null
    this.#toBegin += 1
    this.#say({ kind: 'start', asked, to })
    this.#changed()
  }

  pace(isPlaying: boolean, speed: number | null): void {
    this.#say({ kind: 'pace', isPlaying, speed })
  }

  step(): void {
    this.#say({ kind: 'step' })
  }

  /** It is not looked at any more. */
  end(): void {
    clearInterval(this.#timer)
    this.#worker.terminate()
  }

  #begin(): Worker {
    const worker = workerOf(text)
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#heard(data)
    worker.onerror = (event) => this.#failed(event.message)
    worker.postMessage({ kind: 'describe' } satisfies ToWorker)
    return worker
  }

  #say(it: ToWorker): void {
    this.#looks ??= 0
    this.#worker.postMessage(it)
  }

  #heard(it: FromWorker): void {
    this.#looks = it.kind === 'moment' && !it.moment.isPlaying ? undefined : 0
    if (this.#toBegin > 0 && OF_A_RUN.has(it.kind)) return
    switch (it.kind) {
      case 'told':
        this.#listener?.told(parsedVisibly<ServerMessage>(it.text), it.text)
        return
      case 'alive':
        return
      case 'begun':
        this.#toBegin -= 1
        return
      case 'described':
        this.description = it.description
        this.#looks = undefined
        break
      case 'moment':
        this.moment = it.moment
        break
      case 'result':
        this.record = it.record
        break
      case 'fault':
        this.#failed(it.text)
        return
      case 'acted':
        this.#acts.get(it.id)?.(it.result)
        this.#acts.delete(it.id)
        if (it.step !== undefined && this.asked !== null)
          this.asked = { ...this.asked, steps: [...this.asked.steps, it.step] }
    }
    this.#changed()
  }

  #failed(text: string): void {
    this.#looks = undefined
    this.fault = text
    if (this.moment !== null) this.moment = { ...this.moment, isPlaying: false }
    for (const answer of this.#acts.values()) answer({ done: false, error: text })
    this.#acts.clear()
    this.#changed()
  }

  /** Ends what does not come back. Looks are counted, not time: on a busy machine the page waits as its worker does. */
  #watch(): void {
    if (this.#looks === undefined || ++this.#looks * WATCH_MS < PATIENCE_MS) return
    this.#worker.terminate()
    this.#toBegin = 0
    this.#worker = this.#begin()
    this.#failed(`the strategy did not come back within ${PATIENCE_MS / 1000} s: it was stopped`)
  }
}
