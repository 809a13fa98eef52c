/** The diagram itself: all that it looks like is in its attributes, so that it is a file by itself. */
import type { VNode } from 'preact'
import { inWords } from '../../model/network-state.ts'
import type { Arrow, SpaceTime } from '../../model/space-time.ts'
import { duration } from '../format.ts'
import { LifeLine, lineInWords } from '../life-line.tsx'
import { colour } from '../theme.tsx'
import type { Size } from '../use-size.ts'

export interface Palette {
  readonly paper: string
  readonly ink: string
  readonly line: string
  readonly infected: string
  readonly known: string
  readonly lost: string
}

export const LIGHT: Palette = {
  paper: '#ffffff',
  ink: '#24303f',
  line: '#cfd6de',
  infected: '#d9660a',
  known: '#7d9cc4',
  lost: '#8a3ffc',
}

export function themePalette(): Palette {
  return {
    paper: colour('paper'),
    ink: colour('soft'),
    line: colour('line'),
    infected: colour('infected'),
    known: colour('known'),
    lost: colour('lost'),
  }
}

interface Props {
  readonly diagram: SpaceTime
  readonly palette: Palette
  readonly size: Size
  readonly title: string
  /** Was it seen when the value was handed in? Else times are since it was first seen. */
  readonly isWhole: boolean
  /** Nodes that do not run now. */
  readonly down: ReadonlySet<string>
}

const FONT = 'system-ui, sans-serif'
const TICKS = 6
/** The least that a line is high, in px. */
const LEAST_HEIGHT = 13

export function SpaceTimeSvg({ diagram, palette, size, title, isWhole, down }: Props): VNode {
  const { lines, arrows, turns, span, leftOut } = diagram
  const left = 20 + 6.6 * lines.reduce((most, it) => Math.max(most, it.node.length), 5)
  const top = title === '' ? 14 : 44
  const bottom = 62
  const height = Math.max(size.height, top + bottom + LEAST_HEIGHT * lines.length)
  const scale = (size.width - left - 28) / Math.max(span, 0.001)
  const x = (time: number): number => round(left + scale * Math.max(0, time))
  const y = (place: number): number =>
    round(top + ((place + 0.5) * (height - top - bottom)) / Math.max(1, lines.length))
  const font = Math.min(12, (height - top - bottom) / lines.length)
  const text = { 'font-family': FONT, 'font-size': font, fill: palette.ink }
  const axis = { ...text, 'font-size': 12 }
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={size.width}
      height={height}
      viewBox={`0 0 ${size.width} ${height}`}
      role="img"
      aria-label="Space-time diagram"
    >
      <rect width={size.width} height={height} fill={palette.paper} />
      {title !== '' && (
        <text {...text} font-size={16} x={left} y={26}>
          {title}
        </text>
      )}
      {ticks(span).map((time) => (
        <g key={time}>
          <path
            d={`M${x(time)} ${top}V${height - bottom + 6}`}
            stroke={palette.line}
            stroke-dasharray="2 4"
          />
          <text {...axis} x={x(time)} y={height - bottom + 22} text-anchor="middle">
            {Number(time.toPrecision(4))}
          </text>
        </g>
      ))}
      <text {...axis} x={(left + size.width - 28) / 2} y={height - bottom + 40} text-anchor="middle">
        {isWhole ? 'ms since injection' : 'ms since it was first seen: nobody looked when it was handed in'}
      </text>
      <Key palette={palette} x={left} y={height - 8} leftOut={leftOut} width={size.width} />
      {lines.map(({ node, infectedAt, hops, parts, again }, i) => (
        <g key={node}>
          <text {...text} x={left - 10} y={y(i) + 0.35 * font} text-anchor="end">
            {node}
          </text>
          {parts.map((it) => (
            <LifeLine key={it.from} part={it} palette={palette} from={x(it.from)} to={x(it.to)} y={y(i)} />
          ))}
          {down.has(node) && parts.at(-1)?.is !== 'dead' && (
            <path
              d={`M${x(span) + 8} ${y(i) - 4}l8 8m-8 0l8 -8`}
              stroke={palette.ink}
              stroke-width={1.6}
              fill="none"
            >
              <title>dead by now</title>
            </path>
          )}
          <title>{lineInWords({ node, infectedAt, hops, parts, again })}</title>
        </g>
      ))}
      {arrows
        .toSorted((a, b) => Number(a.outcome === 'infected') - Number(b.outcome === 'infected'))
        .map((it) => (
          <ArrowLine
            key={`${it.from} ${it.to} ${it.sentAt}`}
            arrow={it}
            palette={palette}
            a={[x(it.sentAt), y(it.from)]}
            b={[x(it.endedAt), y(it.to)]}
            names={[lines[it.from]!.node, lines[it.to]!.node]}
          />
        ))}
      {lines.map(({ node, infectedAt, again }, i) => (
        <g key={node}>
          {infectedAt !== null && <circle cx={x(infectedAt)} cy={y(i)} r={3.5} fill={palette.infected} />}
          {again.map((at) => (
            <circle
              key={at}
              cx={x(at)}
              cy={y(i)}
              r={3.5}
              fill={palette.paper}
              stroke={palette.infected}
              stroke-width={1.6}
            >
              <title>{`${node} got it again after ${duration(at)}`}</title>
            </circle>
          ))}
        </g>
      ))}
      {turns.map(({ at, network }) => (
        <g key={at}>
          <path
            d={`M${x(at)} ${top - 4}V${height - bottom}`}
            stroke={palette.lost}
            stroke-width={1.2}
            stroke-dasharray="6 3"
          />
          <text
            {...axis}
            font-size={11}
            fill={palette.lost}
            x={x(at) + (isLate(at, span) ? -4 : 4)}
            y={top + 6}
            text-anchor={isLate(at, span) ? 'end' : 'start'}
          >
            {inWords(network)}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** Its words have room on the left alone. */
function isLate(at: number, span: number): boolean {
  return at > 0.7 * span
}

interface ArrowProps {
  readonly arrow: Arrow
  readonly palette: Palette
  readonly a: readonly [number, number]
  readonly b: readonly [number, number]
  readonly names: readonly [string, string]
}

function ArrowLine({ arrow: { outcome, sentAt, endedAt }, palette, a, b, names }: ArrowProps): VNode {
  const isFirst = outcome === 'infected'
  const isLost = outcome === 'lost' || outcome === 'refused'
  const stroke = isFirst ? palette.infected : isLost ? palette.lost : palette.known
  // A lost one ends halfway, wherever that was.
  const end: readonly [number, number] = isLost
    ? [a[0] + Math.max(14, (b[0] - a[0]) / 2), (a[1] + b[1]) / 2]
    : b
  return (
    <g>
      <title>{`${names[0]} to ${names[1]}: ${outcome}, sent after ${duration(sentAt)}, ${duration(endedAt - sentAt)}`}</title>
      <path
        d={`M${a.map(round).join(' ')}L${end.map(round).join(' ')}`}
        stroke={stroke}
        stroke-width={isFirst ? 1.8 : 1.1}
        stroke-dasharray={isLost ? '4 3' : outcome === 'under way' ? '1 3' : undefined}
        opacity={isFirst || isLost ? 1 : 0.6}
      />
      {isLost ? (
        <path
          d={`M${round(end[0] - 3.5)} ${round(end[1] - 3.5)}l7 7m-7 0l7 -7`}
          stroke={stroke}
          stroke-width={1.8}
          fill="none"
        />
      ) : (
        outcome !== 'under way' && (
          <path d={head(a, end, isFirst ? 8 : 6)} fill={stroke} opacity={isFirst ? 1 : 0.75} />
        )
      )}
    </g>
  )
}

interface KeyProps {
  readonly palette: Palette
  readonly x: number
  readonly y: number
  readonly width: number
  readonly leftOut: SpaceTime['leftOut']
}

function Key({ palette, x, y, width, leftOut }: KeyProps): VNode {
  const signs = [
    { name: 'first copy', short: 'first copy', stroke: palette.infected },
    { name: 'known already', short: 'known', stroke: palette.known },
    { name: 'lost or refused', short: 'lost', stroke: palette.lost, dash: '4 3' },
    { name: 'dead', short: 'dead', stroke: palette.ink, dash: '1.5 5' },
  ]
  const left = [
    leftOut.nodes > 0 ? `${leftOut.nodes} nodes` : '',
    leftOut.arrows > 0 ? `${leftOut.arrows} messages` : '',
  ].filter(Boolean)
  const text = { 'font-family': FONT, 'font-size': 11.5, fill: palette.ink }
  const isNarrow = width < 560
  const start = isNarrow ? 8 : x
  return (
    <g>
      {signs.map(({ name, short, stroke, dash }, i) => (
        <g key={name} transform={`translate(${start + i * (isNarrow ? 90 : 130)} ${y})`}>
          <path d="M0 -4H18" stroke={stroke} stroke-width={2} stroke-dasharray={dash} />
          <text {...text} x={23}>
            {isNarrow ? short : name}
          </text>
        </g>
      ))}
      {left.length > 0 && !isNarrow && (
        <text {...text} x={width - 28} y={y} text-anchor="end">
          {`not shown: ${left.join(', ')}`}
        </text>
      )}
    </g>
  )
}

/** @param length of the arrow's head */
function head(a: readonly [number, number], b: readonly [number, number], length: number): string {
  const angle = Math.atan2(b[1] - a[1], b[0] - a[0])
  const corner = (turn: number): string =>
    `${round(b[0] - length * Math.cos(angle + turn))} ${round(b[1] - length * Math.sin(angle + turn))}`
  return `M${b.map(round).join(' ')}L${corner(0.38)}L${corner(-0.38)}Z`
}

function ticks(span: number): number[] {
  if (span <= 0) return [0]
  const rough = span / TICKS
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 5].find((it) => it * power >= rough) ?? 10)
  return Array.from({ length: Math.floor(span / step) + 1 }, (_, i) => i * step)
}

function round(number: number): number {
  return Math.round(10 * number) / 10
}
