/** What a chart shows. */
export interface Drawing {
  readonly x: TimeAxis
  readonly left: Scale
  readonly right?: Scale
  /** The last ones lie above the others. */
  readonly lines: readonly Line[]
  readonly markers?: readonly Marker[]
}

export interface TimeAxis {
  readonly name: string
  readonly min: number
  /** Greater than `min`; null where nothing is known yet: then no tick is labelled. */
  readonly max: number | null
  /** Are there lines across the chart at its ticks? */
  readonly isRuled: boolean
  /** At a tick; nothing where it is empty. */
  tick(x: number): string
  /** Under the pointer. */
  said(x: number): string
}

export interface Scale {
  /** Rising; the first and the last are its ends. */
  readonly ticks: readonly number[]
  tick(y: number): string
}

/** Rising in x; y is null where there is a gap. */
export type Points = readonly (readonly [x: number, y: number | null])[]

export interface Line {
  /** A stranger may have written it. */
  readonly name: string
  readonly points: Points
  /** The variable of the style sheet that is its colour. */
  readonly colour: string
  /** 0-1. */
  readonly opacity: number
  /** In px. */
  readonly width: number
  /** Does y stay what it was until the next point? */
  readonly isStepped?: boolean
  readonly hasDots?: boolean
  /** Is the area below it filled? */
  readonly isFilled?: boolean
  readonly isOnRight?: boolean
  /** Is it told first of all? */
  readonly isChosen?: boolean
  /** Under the pointer. */
  said(y: number): string
}

/** A moment: a vertical line across the chart. */
export interface Marker {
  readonly name: string
  readonly x: number
}
