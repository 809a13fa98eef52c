/** All that the page knows and shows, and who is told when it changes. */
import { Model } from '../model/model.ts'
import { CALM } from '../model/network-state.ts'
import { ToldOverlay } from '../model/overlay.ts'
import type { Spread } from '../model/spread.ts'
import { idOf, nameOf } from '../model/value-id.ts'
import { visible } from '../model/visible-text.ts'
import {
  type EventBatch,
  type Hello,
  MAX_DRAWN,
  type Network,
  type NodeList,
  type NodeRow,
  type Past,
  type ServerMessage,
  type Summary,
} from '../wire.ts'
import type { Connection } from './connection.ts'
import { isPortShared, shortName } from './format.ts'
import { Dots } from './graph/dots.ts'
import { Frames } from './graph/frames.ts'
import { type HowOpened, Player } from './replay/player.ts'
import { Recorder } from './replay/recorder.ts'

export type View = 'graph' | 'time' | 'table'

/** Ms between two drawings of figures. */
const FIGURES_MS = 250
/** Ms after the last copy, so that one sees it come before it is shown again. */
const SETTLE_MS = 450
/** Ms that an automatic replay stays at its end. */
const STAY_MS = 1500
/** A value that follows another more closely than that, in ms, is not replayed by itself: there would be no end of it. */
const RARE_MS = 1000
export class Store {
  model = new Model()
  hello: Hello | null = null
  rows: readonly NodeRow[] = []
  network: Network = CALM
  summary: Summary | null = null
  isConnected = false
  /** Has the server said all that there is to say? */
  hasEnded = false
  /** Events that did not come, because there were too many. */
  dropped = 0
  /** Events a second, lately. */
  rate = 0
  said = ''
  isError = false
  view: View = 'graph'
  selected: string | null = null
  link: { readonly from: string; readonly to: string } | null = null
  /** The id of the value that is looked at; null: the newest, or all of a stream. */
  chosen: string | null = null
  player: Player | null = null
  /** Does each spread replay itself when it is through? */
  replaysItself = !matchMedia('(prefers-reduced-motion: reduce)').matches
  isHelpOpen = false
  readonly recorder = new Recorder()
  readonly dots = new Dots()
  readonly frames = new Frames()
  readonly #listeners = new Set<() => void>()
  readonly connection: Connection
  #isPortShared = false
  #clockOffset = 0
  #isSoon = false
  #isAnnounced = false
  /** The newest value that has been replayed by itself, or shall not be. */
  #replayed = -1
  #finishedAt: number | null = null
  #endedAt: number | null = null
  #rateSeen = 0

  constructor(connection: Connection) {
    this.connection = connection
  }

  start(): void {
    this.connection.open({
      told: (told, text) => this.#told(told, text),
      connected: (is) => {
        this.isConnected = is
        this.changed()
      },
    })
    setInterval(() => this.#watch(), 100)
    setInterval(() => {
      const rate = this.model.seen - this.#rateSeen
      this.#rateSeen = this.model.seen
      if (rate !== this.rate) this.soon()
      this.rate = Math.max(0, rate)
    }, 1000)
    this.frames.add((_, elapsed) => {
      this.player?.tick(elapsed)
      return this.player?.isPlaying === true
    })
  }

  /** @returns what ends it */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Something that a person waits for has changed. */
  changed(): void {
    this.frames.wake()
    if (this.#isAnnounced) return
    this.#isAnnounced = true
    queueMicrotask(() => {
      this.#isAnnounced = false
      for (const it of this.#listeners) it()
    })
  }

  /** Figures have changed. */
  soon(): void {
    this.frames.wake()
    if (this.#isSoon) return
    this.#isSoon = true
    setTimeout(() => {
      this.#isSoon = false
      this.changed()
    }, FIGURES_MS)
  }

  set(
    change: Partial<Pick<Store, 'view' | 'selected' | 'link' | 'chosen' | 'isHelpOpen' | 'replaysItself'>>,
  ): void {
    Object.assign(this, change)
    this.changed()
  }

  say(text: string, isError = false): void {
    this.said = visible(text)
    this.isError = isError
    this.changed()
  }

  can(word: string): boolean {
    return this.hello?.can.includes(word) === true
  }

  /** Is each node drawn, or are there too many? Then there are curves and figures alone, and nothing is replayed. */
  get isDrawn(): boolean {
    return this.summary === null && this.rows.length <= MAX_DRAWN
  }

  /** Is it a recording that has not come to its end? To draw what is not shown until then costs more than to read it. */
  get isBeingTold(): boolean {
    return this.hello?.source === 'recording' && !this.hasEnded
  }

  /** The spread whose figures are shown. */
  get spread(): Spread | undefined {
    const { chosen } = this
    const { spreads, last } = this.model
    return (chosen === null ? undefined : spreads.find((it) => idOf(it) === chosen)) ?? last
  }

  /** Is it all values together that are looked at? */
  get isStream(): boolean {
    return this.chosen === null && this.model.stream.isOn
  }

  /** The network now or, in a replay, then. */
  get shownNetwork(): Network {
    const { player } = this
    return player === null ? this.network : player.replay.picture(player.position).network
  }

  /** "hello", "colour: blue" or, where no node said it, that it is a value of such a number. */
  nameOf(spread: Spread): string {
    return nameOf(spread, this.model.textOf(spread), spread.number)
  }

  /** ":7003", or what else tells that node from the others. */
  shortName(address: string): string {
    return shortName(address, this.#isPortShared)
  }

  /** Do values follow each other so closely that one can't see each? */
  get isBusy(): boolean {
    const [before, last] = this.model.spreads.slice(-2)
    if (before === undefined || last === undefined) return false
    return last.startedAt - before.startedAt < RARE_MS && this.model.now - last.startedAt < RARE_MS
  }

  /** Shows that spread slowly. */
  open(spread: Spread | undefined, how: HowOpened = {}): Player | undefined {
    if (spread === undefined || !this.isDrawn) return undefined
    const { isAutomatic = false, isPlaying = true, from = 'start' } = how
    if (!isAutomatic && spread.taken.length === 0) {
      this.say('how it spread was not seen: it was there already when one began to look')
      this.#choose(spread)
      this.changed()
      return undefined
    }
    const player = new Player(spread, this.model.endOf(spread), isAutomatic, isPlaying)
    if (from === 'end') player.position = player.replay.length
    this.player = player
    this.#replayed = Math.max(this.#replayed, spread.timestamp)
    this.#endedAt = null
    this.#choose(isAutomatic ? null : spread)
    this.changed()
    return player
  }

  /** What the replay's buttons do; they open it where none is. */
  replay(act: (player: Player) => void, from: 'start' | 'end' = 'start'): void {
    if (this.spread === undefined) this.say('there is nothing to replay yet')
    const player = this.player ?? this.open(this.spread, { isPlaying: false, from })
    if (player === undefined) return
    act(player)
    this.changed()
  }

  live(): void {
    if (this.hello?.source === 'recording') return
    this.showStream()
    this.#replayed = Math.max(this.#replayed, this.model.last?.timestamp ?? -1)
    this.changed()
  }

  /** The newest value, or all of a stream. */
  showStream(): void {
    this.player = null
    this.#choose(null)
    this.changed()
  }

  #choose(spread: Spread | null): void {
    this.chosen = spread === null ? null : idOf(spread)
    this.model.pin(spread ?? undefined)
  }

  #told(told: ServerMessage, text: string): void {
    if (told.kind === 'events') this.#happened(told, text)
    else if (told.kind === 'past') this.#past(told, text)
    else if (told.kind === 'nodes') this.#rows(told.nodes)
    else {
      this.#toldOnce(told)
      this.changed()
    }
  }

  #toldOnce(told: Exclude<ServerMessage, EventBatch | Past | NodeList>): void {
    switch (told.kind) {
      case 'hello':
        this.hello = told
        document.title = `gossip: ${told.title}`
        this.summary = null
        this.player = null
        // It is told anew.
        this.#forget()
        this.model.period = told.period
        break
      case 'network':
        this.network = told
        this.model.network = told
        break
      case 'peers':
        this.model.overlay = new ToldOverlay(told)
        break
      case 'summary':
        this.summary = told
        break
      case 'notice':
        this.say(told.text)
        break
      case 'end':
        this.connection.close()
        this.hasEnded = true
        if (!this.isStream) this.open(this.model.last, { isPlaying: this.replaysItself })
    }
  }

  #rows(rows: readonly NodeRow[]): void {
    this.rows = rows
    this.#isPortShared = isPortShared(rows.map((it) => it.address))
    this.model.rows(rows, this.hello?.source === 'recording')
    if (!this.isDrawn) {
      this.player = null
      this.dots.clear()
    }
    this.soon()
  }

  /** What was before one looked is not replayed by itself. */
  #past(past: Past, text: string): void {
    this.recorder.keep(text, past.events.length)
    this.model.past(past)
    this.#rateSeen = this.model.seen
    this.#replayed = this.model.last?.timestamp ?? -1
    this.soon()
  }

  #happened({ events, dropped }: EventBatch, text: string): void {
    const now = performance.now()
    this.recorder.keep(text, events.length)
    this.dropped = dropped
    const isLive =
      this.isDrawn && this.player === null && this.hello?.source !== 'recording' && !document.hidden
    for (const it of events) {
      this.model.see(it)
      if (isLive) this.dots.see(it, now)
    }
    this.#clockOffset = this.model.now - now
    this.soon()
  }

  /** Begins and ends what happens by itself. */
  #watch(): void {
    const { player } = this
    if (player !== null) {
      if (player.isAutomatic && player.isAtEnd) {
        this.#endedAt ??= performance.now()
        if (performance.now() - this.#endedAt > STAY_MS) this.live()
      }
      return
    }
    const { last } = this.model
    if (!this.replaysItself || !this.isDrawn || this.hello?.source === 'recording' || last === undefined)
      return
    if (last.timestamp <= this.#replayed || !this.#isThrough(last)) return
    const before = this.model.spreads.at(-2)
    const isRare = before === undefined || last.startedAt - before.startedAt >= RARE_MS
    if (last.infections.size < 2 || !isRare) this.#replayed = last.timestamp
    else if (this.view === 'graph') this.open(last, { isAutomatic: true })
  }

  #isThrough(spread: Spread): boolean {
    const now = performance.now()
    if (!this.model.isFinished(spread, now + this.#clockOffset)) this.#finishedAt = null
    else this.#finishedAt ??= now
    if (this.#finishedAt === null || now - this.#finishedAt < SETTLE_MS) return false
    this.#finishedAt = null
    return true
  }

  #forget(): void {
    this.model = new Model()
    this.recorder.clear()
    this.dots.clear()
    this.#rateSeen = 0
    this.#replayed = -1
  }
}
