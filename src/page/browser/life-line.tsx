/** A node's line in the space-time diagram: what it was, and when. */
import type { VNode } from 'preact'
import type { Part } from '../model/lives.ts'
import type { Line } from '../model/space-time.ts'
import { duration } from './format.ts'
import type { Palette } from './replay/space-time-svg.tsx'

interface LifeLineProps {
  readonly part: Part
  readonly palette: Palette
  readonly from: number
  readonly to: number
  readonly y: number
}

/** Who is dead has no line, only dots where it would be; who pauses a broken one. */
export function LifeLine({ part: { is }, palette, from, to, y }: LifeLineProps): VNode {
  const d = `M${from} ${y}H${to}`
  if (is === 'dead') {
    return (
      <g data-part="dead">
        <path d={d} stroke={palette.ink} stroke-width={1.2} stroke-dasharray="1.5 5" opacity={0.6} />
        {from > 0 && (
          <path
            d={`M${from - 3.5} ${y - 3.5}l7 7m-7 0l7 -7`}
            stroke={palette.ink}
            stroke-width={1.6}
            fill="none"
          />
        )}
      </g>
    )
  }
  return (
    <path
      data-part={is}
      d={d}
      stroke={is === 'has' ? palette.infected : palette.line}
      stroke-width={is === 'has' ? 2 : 1.25}
      stroke-dasharray={is === 'paused' ? '3 5' : undefined}
      opacity={is === 'has' ? 0.55 : 1}
    />
  )
}

export function lineInWords({ node, infectedAt, hops, parts }: Line): string {
  const said = [
    infectedAt === null ? '' : `hop ${hops}, after ${duration(infectedAt)}`,
    ...parts
      .filter(({ is }) => is === 'dead' || is === 'paused')
      .map(({ is, from, to }) => `${is} from ${duration(from)} to ${duration(to)}`),
  ].filter(Boolean)
  return said.length === 0 ? node : `${node}: ${said.join(', ')}`
}
