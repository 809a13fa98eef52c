/** All that the playground's page knows beside what its simulations show: what is set, and what ran before. */
import type { Description, OwnFile, ProtocolInfo, Words } from '../wire.ts'
import { addressOf, MAX_LINK, type Shown } from './address.ts'
import { Changes } from './changes.ts'
import { Lab } from './lab.ts'

/** A run that has ended, for the chart. */
export interface Ended {
  readonly name: string
  readonly curve: readonly (readonly [number, number])[]
  readonly nodes: number
  readonly figures: Readonly<Record<string, number>>
}

/** Of the last ones. */
const MAX_ENDED = 4
/** So that one sees each message of a spread that takes some 50 ms. */
const USUAL_SPEED = 20
const USUAL: Words = { strategy: 'push', nodes: '50', seed: '1' }

export class Playground {
  readonly changes = new Changes()
  readonly lab = new Lab(() => this.#changed())
  /** Another strategy under the same luck, or another future of the same one. */
  other: { readonly lab: Lab; readonly name: string } | null = null
  words: Words = USUAL
  speed: number | null = USUAL_SPEED
  /** What the reader wrote, compiled. */
  own: OwnFile | null = null
  /** Its text, and whether it came from a link and has not been allowed to run yet. */
  file: Shown['file'] = null
  isForeign = false
  readonly ended: Ended[] = []
  said = ''
  #record: object | null = null

  get description(): Description | null {
    return this.lab.description
  }

  get strategy(): ProtocolInfo | undefined {
    return this.description?.strategies.find((it) => it.name === this.words.strategy)
  }

  /** What stands in the address is what is set. */
  show({ words, speed, file }: Shown): void {
    this.words = { ...USUAL, ...words }
    if (speed !== undefined) this.speed = speed
    this.file = file
    this.isForeign = file !== null
    this.changes.changed()
  }

  /** Empty texts have their defaults. */
  set(words: Words): void {
    const all = { ...this.words, ...words }
    this.words = Object.fromEntries(Object.entries(all).filter(([, it]) => it !== ''))
    this.changes.changed()
  }

  setSpeed(speed: number | null): void {
    this.speed = speed
    const isPlaying = this.lab.moment?.isPlaying === true
    if (isPlaying) this.#each((it) => it.pace(true, speed))
    this.changes.changed()
  }

  /** From the beginning, with what is set. */
  run(speed = this.speed): void {
    this.#keep()
    this.lab.start(this.#asked(this.words, []))
    if (this.other !== null) this.#startOther(this.other.name, [])
    this.#each((it) => it.pace(true, speed))
  }

  /** Up to that moment, and then it stands. */
  runTo(at: number, steps: readonly object[]): void {
    this.lab.start(this.#asked(this.words, steps), at)
  }

  pauseOrResume(): void {
    const { moment } = this.lab
    if (moment === null || moment.isOver) this.run()
    else this.#each((it) => it.pace(!moment.isPlaying, this.speed))
  }

  step(): void {
    if (this.lab.moment === null) this.lab.start(this.#asked(this.words, []))
    this.#each((it) => it.step())
  }

  /** Shows another strategy beside it; null: none any more. */
  against(name: string | null): void {
    if (name === null) this.other = null
    else this.#startOther(name, [])
    this.changes.changed()
    if (name !== null && this.lab.moment !== null) this.run()
  }

  /** From here on there are two futures: what is done is done in one of them. */
  fork(): void {
    const { moment, asked } = this.lab
    if (moment === null || asked === null) {
      this.say('nothing runs yet')
      return
    }
    const other = this.other?.lab ?? new Lab(() => this.#changed())
    this.other = { lab: other, name: 'without what comes now' }
    other.start(asked, moment.now)
    if (moment.isPlaying) other.pace(true, this.speed)
    this.changes.changed()
  }

  say(text: string): void {
    this.lab.store.say(text)
  }

  /** @returns an address that shows this very moment, or undefined if it would be too long, which is said */
  async link(): Promise<string | undefined> {
    const { words, speed, file, other, lab } = this
    const steps = lab.asked?.steps ?? []
    const at = lab.moment === null || lab.moment.isOver ? null : lab.moment.now
    const isStrategy = other !== null && this.description?.strategies.some((it) => it.name === other.name)
    const against = isStrategy ? other.name : null
    const run = lab.moment !== null && at === null
    const hash = await addressOf({ words, speed, file, steps, at, run, against })
    const link = new URL(hash, location.href).href
    if (link.length <= MAX_LINK) return link
    this.say(`the link would have ${link.length} characters (at most ${MAX_LINK}): save the file instead`)
    return undefined
  }

  #asked(words: Words, steps: readonly object[]) {
    return { words, own: this.own === null ? [] : [this.own], steps }
  }

  #startOther(name: string, steps: readonly object[]): void {
    const lab = this.other?.lab ?? new Lab(() => this.#changed())
    this.other = { lab, name }
    const { set, ...words } = this.words
    lab.start(this.#asked({ ...words, strategy: name }, steps))
  }

  #each(act: (lab: Lab) => void): void {
    act(this.lab)
    if (this.other !== null) act(this.other.lab)
  }

  /** A run that has ended stays in the chart. */
  #keep(): void {
    const { moment, record, asked } = this.lab
    if (moment?.isOver !== true || record === null || asked === null) return
    const { words } = asked
    const name = [words.strategy, words.set].filter(Boolean).join(' ')
    const { curve, figures } = moment
    this.ended.push({ name, curve, figures, nodes: (record as { nodes: number }).nodes })
    if (this.ended.length > MAX_ENDED) this.ended.shift()
  }

  #changed(): void {
    if (this.#record !== this.lab.record) this.#record = this.lab.record
    this.changes.changed()
  }
}
