/** One simulation that a page looks at: begun, let on, halted, changed. */
import type { Order } from '../../experiment/run-one.ts'
import { parseAction } from '../../scenario/scenario.ts'
import { inWords } from '../../scenario/step-in-words.ts'
import { Run } from '../../simulation/run.ts'
import type { Asked, FromWorker, Moment } from '../wire.ts'
import { courseOf } from './course.ts'
import { describe } from './describe.ts'
import { linkOwn } from './link-own.ts'
import { ordered } from './order.ts'
import { Teller } from './teller.ts'

/** Ms of the clock that it simulates before it looks whether somebody wants something. */
const SLICE_MS = 25
/** Ms between two moments that are told while it runs. */
const MOMENT_MS = 100
/** What is done from outside happens so many ms later than all that has happened: so it is surely the next thing. */
const AFTER_MS = 0.001
/** To find the next thing that happens, in ms or rounds: at first, and at most. */
const STEP = { least: 0.01, most: 100_000 }

export class Laboratory {
  readonly #post: (message: FromWorker) => void
  #asked: Asked | undefined
  #order: Order | undefined
  #run: Run | undefined
  #teller: Teller | undefined
  #isPlaying = false
  #speed: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Where it should be by the clock, and when that was so. */
  #due = 0
  #dueAt = 0
  /** Ms or rounds that are simulated at a time. */
  #stride = 1
  #momentAt = Number.NEGATIVE_INFINITY
  #aliveAt = Number.NEGATIVE_INFINITY
  #hasResult = false

  constructor(post: (message: FromWorker) => void) {
    this.#post = post
  }

  describe(): void {
    this.#post({ kind: 'described', description: describe() })
  }

  /** @param to lets time pass to that moment at once @throws {Error} one line: what can't be run, and why */
  async start(asked: Asked, to = 0): Promise<void> {
    this.#halt()
    this.#post({ kind: 'begun' })
    for (const it of asked.own) await linkOwn(it)
    this.#begin(asked, await ordered(asked), to)
  }

  pace(isPlaying: boolean, speed: number | null): void {
    this.#speed = speed
    this.#isPlaying = isPlaying && this.#run?.isOver === false
    this.#due = this.#run?.now ?? 0
    this.#dueAt = performance.now()
    this.#moment()
    clearTimeout(this.#timer)
    if (this.#isPlaying) this.#next()
  }

  /** To the next moment at which something happens. */
  step(): void {
    const run = this.#run
    if (run === undefined || run.isOver) return
    this.#halt()
    const { events } = run.world.time
    if (this.#isInRounds) run.advance(run.now + 1)
    for (let by = STEP.least; run.world.time.events === events && !run.isOver && by < STEP.most; by *= 1.5)
      run.advance(run.now + by)
    this.#look(true)
  }

  /**
   * Does something to the nodes or their network, now: the run is run again from its seed to this moment, where this is
   * done, and it goes on from there.
   * @returns the step, as a scenario has it, and what was done, in words @throws {Error} one line
   */
  async act(action: object): Promise<{ step: object; words: string }> {
    const [asked, run] = [this.#asked, this.#run]
    if (asked === undefined || run === undefined) throw new Error('nothing runs yet')
    const words = inWords(parseAction(action, run.world.count))
    const at = this.#isInRounds ? run.now + 1 : Math.round((run.now + AFTER_MS) * 1e6) / 1e6
    const step = { at, ...action }
    const changed = { ...asked, steps: [...asked.steps, step] }
    const order = await ordered(changed)
    const goesOn = this.#isPlaying || run.isOver
    this.#begin(changed, order, at)
    if (goesOn) this.pace(true, this.#speed)
    return { step, words }
  }

  get #isInRounds(): boolean {
    return this.#order?.settings.rounds === true
  }

  /** Nothing changes where it can't be begun. */
  #begin(asked: Asked, order: Order, to: number): void {
    const { population, settings, members, seed, run: number } = order
    const { nodes, period, rounds } = settings
    const teller = new Teller(nodes, (told) => this.#post({ kind: 'told', text: JSON.stringify(told) }))
    const progress = (): void => this.#alive()
    const run = new Run({
      ...settings,
      ...{ population, members, seed, run: number, progress },
      trace: teller.trace,
    })
    run.advance(to)
    this.#halt()
    this.#asked = asked
    this.#order = order
    this.#run = run
    this.#teller = teller
    this.#stride = rounds ? 1 : 0.1
    this.#hasResult = false
    teller.begin(titleOf(order), rounds ? null : period)
    teller.past(run)
    this.#look(true)
  }

  /** A page that hears nothing for long takes it for stuck. */
  #alive(): void {
    const now = performance.now()
    if (now - this.#aliveAt < MOMENT_MS) return
    this.#aliveAt = now
    this.#post({ kind: 'alive' })
  }

  #halt(): void {
    clearTimeout(this.#timer)
    this.#isPlaying = false
  }

  #next(): void {
    this.#timer = setTimeout(() => this.#play(), this.#speed === null ? 0 : SLICE_MS / 2)
  }

  #play(): void {
    const run = this.#run!
    const began = performance.now()
    if (this.#speed !== null) this.#due += ((began - this.#dueAt) / 1000) * this.#speed
    this.#dueAt = began
    try {
      this.#advance(run, began)
    } catch (error) {
      this.#halt()
      this.#post({ kind: 'fault', text: (error as Error).message })
      return
    }
    if (run.isOver) this.#isPlaying = false
    this.#look(run.isOver)
    if (this.#isPlaying) this.#next()
  }

  /** As far as is due, or as far as it comes in the time that it has. */
  #advance(run: Run, began: number): void {
    const due = this.#speed === null ? Number.POSITIVE_INFINITY : this.#due
    for (let spent = 0; spent < SLICE_MS && !run.isOver && run.now < due; ) {
      run.advance(
        this.#isInRounds ? Math.floor(Math.min(due, run.now + 1)) : Math.min(due, run.now + this.#stride),
      )
      const now = performance.now() - began
      this.#stride *= now - spent < SLICE_MS / 4 ? 2 : 0.5
      spent = now
      if (this.#isInRounds && due - run.now < 1) return
    }
    // A machine that is too slow for that speed does not hurry afterwards.
    if (this.#speed !== null) this.#due = Math.min(this.#due, run.now + this.#speed)
  }

  /** Tells what is new. */
  #look(isDue: boolean): void {
    const run = this.#run!
    this.#teller!.look(run, isDue)
    if (isDue || performance.now() - this.#momentAt >= MOMENT_MS) this.#moment()
    if (run.isOver && !this.#hasResult) this.#result(run)
  }

  #moment(): void {
    const run = this.#run
    if (run === undefined) return
    this.#momentAt = performance.now()
    const { live, infected, count } = run.world
    const { figures, curve } = courseOf(run)
    const moment: Moment = {
      now: run.now,
      unit: this.#isInRounds ? 'rounds' : 'ms',
      isOver: run.isOver,
      isPlaying: this.#isPlaying,
      ...{ live, infected, figures, curve },
      kbits: this.#isInRounds || run.now === 0 ? undefined : (figures.bytes! * 8) / run.now / count,
    }
    this.#post({ kind: 'moment', moment })
  }

  #result(run: Run): void {
    this.#hasResult = true
    try {
      this.#post({ kind: 'result', record: { ...run.result(), experiment: this.#order!.fingerprint } })
    } catch (error) {
      this.#post({ kind: 'fault', text: (error as Error).message })
    }
  }
}

function titleOf({ population, settings, seed }: Order): string {
  const names = population.map((it) => it.protocol.name).join(', ')
  return `${names}, ${settings.nodes} nodes, seed ${seed}`
}
