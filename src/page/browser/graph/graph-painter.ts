/** Keeps the graph's elements and its canvas as they should be in each frame, without drawing anything anew that is the same. */
import { type Appearance, appearanceIn, appearanceOf, newestOf } from '../../model/appearance.ts'
import type { Picture } from '../../model/replay.ts'
import type { Infection } from '../../model/spread.ts'
import type { Network } from '../../wire.ts'
import type { Store } from '../store.ts'
import { DotCanvas } from './dot-canvas.ts'

export interface Drawn {
  readonly nodes: readonly DrawnNode[]
  /** The nodes' radius. */
  readonly r: number
  readonly width: number
  readonly height: number
}

export interface DrawnNode {
  readonly address: string
  /** Empty: there is no room for it. */
  readonly name: string
  readonly x: number
  readonly y: number
  readonly label: { readonly x: number; readonly y: number; readonly anchor: 'start' | 'middle' | 'end' }
}

/** Live, nodes change their looks at most that often, in ms: with a hundred values a second it is all that one sees. */
const LOOKS_MS = 50

interface Shown {
  readonly node: Element
  readonly branch: Element
  readonly paths: readonly Element[]
  look: Appearance | null
  from: string | null
  isSelected: boolean
}

export class GraphPainter {
  readonly #store: Store
  readonly #dots = new DotCanvas()
  #box: HTMLElement | undefined
  #shown = new Map<string, Shown>()
  #infected = -1
  #shownAt = 0
  #network: Network | undefined

  constructor(store: Store) {
    this.#store = store
  }

  /** @returns what ends it */
  attach(box: HTMLElement): () => void {
    this.#box = box
    const end = this.#store.frames.add((now) => this.#paint(now))
    const click = (event: Event): void => this.#click(event)
    box.addEventListener('click', click)
    box.addEventListener('mousedown', selectNothing)
    return () => {
      end()
      box.removeEventListener('click', click)
      box.removeEventListener('mousedown', selectNothing)
    }
  }

  layOut(drawn: Drawn): void {
    this.#shown = new Map()
    const box = this.#box!
    for (const { address } of drawn.nodes) {
      const node = box.querySelector(`[data-node="${CSS.escape(address)}"]`)
      const branch = box.querySelector(`[data-branch="${CSS.escape(address)}"]`)
      if (node === null || branch === null) continue
      const paths = [...branch.children]
      for (const it of paths) it.removeAttribute('d')
      this.#shown.set(address, { node, branch, paths, look: null, from: null, isSelected: false })
    }
    this.#shownAt = 0
    this.#dots.layOut(box.querySelector('canvas')!, drawn)
    this.#store.frames.wake()
  }

  #paint(now: number): boolean {
    const { player, dots, view } = this.#store
    if (view !== 'graph') {
      dots.clear()
      return false
    }
    if (this.#store.isBeingTold) return false
    if (player === null) return this.#paintLive(now)
    this.#paintReplay(player.replay.picture(player.position))
    return false
  }

  /** @returns are dots on their way, or looks to be shown by a frame to come? */
  #paintLive(now: number): boolean {
    const { dots, isBusy } = this.#store
    const isDue = now - this.#shownAt >= LOOKS_MS
    if (isDue) this.#showLive(now)
    // Of hundreds of dots nobody sees the tails, and drawing them is what costs most.
    this.#dots.begin(!isBusy)
    dots.each(now, (from, to, progress, isValue, isLost) =>
      this.#dots.draw(from, to, progress, isValue, isLost),
    )
    return !isDue || dots.count > 0
  }

  #showLive(now: number): void {
    const { model } = this.#store
    this.#shownAt = now
    const newest = newestOf(model)
    // Arrows that change with every frame show nothing either.
    const spread = this.#store.isBusy ? undefined : newest && model.of(newest.timestamp, newest.key)
    this.#show(
      (it) => appearanceOf(model, it, newest),
      (it) => spread?.infections.get(it),
    )
  }

  #paintReplay(picture: Picture): void {
    // Nodes stand elsewhere while they are cut off from each other.
    if (picture.network !== this.#network) this.#store.changed()
    this.#network = picture.network
    this.#store.dots.clear()
    this.#shownAt = 0
    this.#show(
      (it) => appearanceIn(picture, it),
      (it) => picture.infected.get(it),
    )
    this.#dots.begin()
    for (const { flight, age } of picture.gone)
      this.#dots.trace(flight.from, flight.to, age, flight.outcome === 'lost')
    for (const { flight, progress } of picture.flights)
      this.#dots.draw(flight.from, flight.to, progress, true, flight.outcome === 'lost')
  }

  #show(
    lookOf: (node: string) => Appearance,
    infectionOf: (node: string) => Infection | null | undefined,
  ): void {
    let infected = 0
    const { selected, link } = this.#store
    for (const [address, shown] of this.#shown) {
      const look = lookOf(address)
      const has = look === 'infected' || look === 'removed'
      if (has) infected += 1
      if (look !== shown.look) {
        shown.look = look
        shown.node.setAttribute('data-state', look)
        shown.node.setAttribute('aria-label', `${address}, ${look}`)
      }
      this.#branch(shown, address, has ? (infectionOf(address)?.from ?? null) : null)
      const isSelected = address === selected || address === link?.from || address === link?.to
      if (isSelected !== shown.isSelected) {
        shown.isSelected = isSelected
        shown.node.classList.toggle('selected', isSelected)
      }
    }
    if (infected !== this.#infected) this.#box!.dataset.infected = String(infected)
    this.#infected = infected
  }

  /** The arrow from whom it had its first copy. */
  #branch(shown: Shown, to: string, from: string | null): void {
    if (shown.from === from) return
    shown.from = from
    const d = from === null ? undefined : this.#dots.curve(from, to)
    shown.branch.setAttribute('data-from', from ?? '')
    for (const path of shown.paths) {
      if (d === undefined) path.removeAttribute('d')
      else path.setAttribute('d', d)
    }
  }

  #click({ target }: Event): void {
    const branch = (target as Element).closest('[data-branch]')
    const [from, to] = [branch?.getAttribute('data-from'), branch?.getAttribute('data-branch')]
    if (from && to) this.#store.set({ link: { from, to } })
  }
}

/** A shift-click is about a link: it selects no text from where one clicked before to here. */
function selectNothing(event: MouseEvent): void {
  if (event.shiftKey) event.preventDefault()
}
