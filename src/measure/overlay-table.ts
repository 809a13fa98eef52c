/** What is told of overlays over many runs: the one list from which tables, reports and their help are made. */
import type { DetectionFigures } from './detection.ts'
import type { OverlayFigures } from './overlay.ts'

/** Of a very large overlay not all is computed. */
interface Measured {
  readonly overlay?: Partial<OverlayFigures> | undefined
  readonly detection?: DetectionFigures | undefined
}

interface About {
  readonly is: string
  /** Undefined or null where a run does not know it. */
  of(run: Measured): number | null | undefined
}

export const OVERLAY_TABLE = {
  degree: {
    is: 'peers that a live node may pick, mean over the nodes',
    of: (it) => it.overlay?.degree?.mean,
  },
  degreeMin: { is: 'the fewest that one may', of: (it) => it.overlay?.degree?.min },
  inDegreeSd: {
    is: 'live nodes that may pick a live node, standard deviation over the nodes',
    of: (it) => it.overlay?.inDegree?.sd,
  },
  inDegreeMin: { is: 'the fewest that may pick one', of: (it) => it.overlay?.inDegree?.min },
  inDegreeMax: { is: 'the most that may', of: (it) => it.overlay?.inDegree?.max },
  clustering: {
    is: "share of a node's pairs of neighbours that are neighbours, mean over the nodes; links without directions",
    of: (it) => it.overlay?.clustering,
  },
  pathLength: {
    is: 'links on the shortest way between two nodes, mean over the pairs; links without directions',
    of: (it) => it.overlay?.pathLength,
  },
  components: { is: 'parts between which no link leads', of: (it) => it.overlay?.components },
  symmetric: { is: 'share of the links that both ends have', of: (it) => it.overlay?.symmetric },
  first: {
    is: 'periods from a death until the first live node dropped the dead one, mean over the deaths',
    of: (it) => it.detection?.first,
  },
  last: {
    is: 'periods until the last one did; told where none has a dead one any more',
    of: (it) => it.detection?.last,
  },
  falseAlarms: {
    is: 'live nodes that live ones dropped, per node and period: what views swap is among them',
    of: (it) => it.detection?.falseAlarms,
  },
} as const satisfies Readonly<Record<string, About>>

export type OverlayFigure = keyof typeof OVERLAY_TABLE
export const OVERLAY_FIGURES = Object.keys(OVERLAY_TABLE) as OverlayFigure[]

/** Those that the run knows. */
export function overlayNumbers(run: Measured): Partial<Record<OverlayFigure, number>> {
  const known = OVERLAY_FIGURES.flatMap((it) => {
    const value = OVERLAY_TABLE[it].of(run)
    return value === undefined || value === null ? [] : [[it, value] as const]
  })
  return Object.fromEntries(known)
}
