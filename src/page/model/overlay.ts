/** Who may pick whom, as the page was told last, and its figures: they are computed when one looks at them, once. */
import { degreesOf, inDegrees, type Overlay, overlayFigures } from '../../measure/overlay.ts'
import { type OverlayFigure, overlayNumbers } from '../../measure/overlay-table.ts'
import { overlayIn } from '../../measure/peers/peer-lists.ts'
import type { Peers } from '../wire.ts'

/** Links above which only degrees are computed: what else there is takes a tenth of a second, and more with more. */
export const MAX_LINKS = 100_000

export type OverlayNumbers = Partial<Record<OverlayFigure, number>>

export class ToldOverlay {
  readonly #told: Peers
  #decoded: Decoded | undefined
  #figures: OverlayNumbers | undefined

  constructor(told: Peers) {
    this.#told = told
  }

  /** Are there more links than are told, or than figures are computed of? */
  get isTooLarge(): boolean {
    return this.#told.nodes === null || this.#all.links > MAX_LINKS
  }

  get figures(): OverlayNumbers {
    this.#figures ??= this.#computed()
    return this.#figures
  }

  /** How many that node may pick, and how many may pick it; undefined where it is not told. @param node its number */
  of(node: number): { readonly degree: number; readonly inDegree: number } | undefined {
    const { places, degrees, inDegrees } = this.#all
    const place = places.get(node)
    return place === undefined ? undefined : { degree: degrees[place]!, inDegree: inDegrees[place]! }
  }

  #computed(): OverlayNumbers {
    const { detection } = this.#told
    const { overlay, degrees } = this.#all
    if (overlay.length === 0) return {}
    const of = this.isTooLarge ? degreesOf(overlay, degrees) : overlayFigures(overlay, Math.random, degrees)
    return overlayNumbers({ overlay: of, detection })
  }

  get #all(): Decoded {
    this.#decoded ??= decoded(this.#told.nodes ?? [])
    return this.#decoded
  }
}

interface Decoded {
  readonly overlay: Overlay
  readonly degrees: readonly number[]
  readonly inDegrees: readonly number[]
  /** By numbers. */
  readonly places: ReadonlyMap<number, number>
  readonly links: number
}

function decoded(rows: NonNullable<Peers['nodes']>): Decoded {
  const overlay = overlayIn(rows)
  return {
    overlay,
    degrees: rows.map(({ others }, i) => overlay[i]!.length + others),
    inDegrees: inDegrees(overlay),
    places: new Map(rows.map(({ number }, i) => [number, i])),
    links: overlay.reduce((sum, it) => sum + it.length, 0),
  }
}
