/** All that the playground's page knows beside what its simulations show: what is set, and what ran before. */
import type { Kind } from '../../gossip/strategy-error.ts'
import type { Description, OwnFile, ProtocolInfo, Words } from '../wire.ts'
import { addressOf, MAX_LINK, type Shown } from './address.ts'
import { Changes } from './changes.ts'
import { Editing } from './editing.ts'
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
  readonly lab = new Lab(() => this.changes.changed())
  /** Another strategy under the same luck, or another future of the same one. */
  other: { readonly lab: Lab; readonly name: string } | null = null
  words: Words = USUAL
  speed: number | null = USUAL_SPEED
  readonly editing = new Editing(
    () => this.changes.changed(),
    (own) => this.#compiled(own),
  )
  isCourseOpen = false
  readonly ended: Ended[] = []
  /** What is to be done once a link's file may run. */
  #waiting: Shown | null = null

  get description(): Description | null {
    return this.lab.description
  }

  get strategy(): ProtocolInfo | undefined {
    return this.description?.strategies.find((it) => it.name === this.words.strategy)
  }

  /** What stands in the address is what is set, and runs; of a file that came with it, when that is allowed. */
  show(shown: Shown): void {
    const { words, speed, file } = shown
    this.words = { ...USUAL, ...words }
    if (speed !== undefined) this.speed = speed
    if (file === null) this.#begin(shown)
    else {
      this.editing.take(file.name, file.source, true)
      this.#waiting = shown
    }
    this.changes.changed()
  }

  /** What came with a link may run. */
  async allow(): Promise<void> {
    this.editing.isForeign = false
    const isRunnable = await this.editing.compile()
    const shown = this.#waiting
    this.#waiting = null
    if (!isRunnable) this.openEditor()
    else if (shown !== null) this.#begin(shown)
  }

  /** The protocol that is set, or what is edited already. */
  async edit(kind: Kind = 'strategy'): Promise<void> {
    const name = this.words[kind] ?? ''
    if (name !== this.editing.name) await this.editing.edit(kind, name)
    this.openEditor()
  }

  toggleCourse(): void {
    this.isCourseOpen = !this.isCourseOpen
    this.changes.changed()
  }

  openEditor(): void {
    const { editing } = this
    editing.isForeign = false
    editing.isOpen = true
    // It is not run before somebody says so.
    if (this.#waiting !== null && editing.own === null) void editing.compile()
    this.changes.changed()
  }

  closeEditor(): void {
    this.editing.isOpen = false
    this.changes.changed()
  }

  /** A file of the reader's. */
  async open(name: string, source: string): Promise<void> {
    this.editing.take(/^[\w.-]{1,80}\.ts$/.test(name) ? name : 'mine.ts', source)
    this.openEditor()
    await this.editing.compile()
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
  run(speed = this.speed, steps: readonly object[] = []): void {
    this.#waiting = null
    this.#keep()
    this.lab.start(this.#asked(this.words, steps))
    if (this.other !== null) this.#startOther(this.other.name, steps)
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
    if (name === null) {
      this.other?.lab.end()
      this.other = null
    } else this.#startOther(name, [])
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
    const other = this.other?.lab ?? new Lab(() => this.changes.changed())
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
    const { words, speed, other, lab, editing } = this
    const isOwn = [words.strategy, words.membership].includes(editing.name)
    const file = isOwn ? { name: editing.name, source: editing.source } : null
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
    const { own } = this.editing
    return { words, own: own === null ? [] : [own], steps }
  }

  #startOther(name: string, steps: readonly object[], to = 0): void {
    const lab = this.other?.lab ?? new Lab(() => this.changes.changed())
    this.other = { lab, name }
    const { set, ...words } = this.words
    lab.start(this.#asked({ ...words, strategy: name }, steps), to)
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

  /** It is what runs from now on, and at once. */
  #compiled({ kind, name }: OwnFile): void {
    if (this.words[kind] !== name) this.set(kind === 'strategy' ? { strategy: name } : { membership: name })
    if (this.#waiting === null) this.run()
  }

  #begin({ at, run, speed, steps, against }: Shown): void {
    if (at !== null) this.runTo(at, steps)
    else if (run) this.run(speed === undefined ? null : speed, steps)
    if (against === null) return
    if (at === null) this.against(against)
    else this.#startOther(against, steps, at)
    this.changes.changed()
  }
}
