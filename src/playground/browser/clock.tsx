/** The clock of the simulation: begun, halted, let on, as fast as one likes. */
import type { VNode } from 'preact'
import { Icon } from '../../page/browser/icon.tsx'
import type { Playground } from './playground.ts'

/** Ms, or rounds, of the simulation that pass in a second. */
const SPEEDS = [1, 5, 20, 100, 1000, 10_000] as const
const MAX = 'max'

export function Clock({ playground }: { readonly playground: Playground }): VNode {
  const { moment } = playground.lab
  const isPlaying = moment?.isPlaying === true
  const unit = moment?.unit ?? 'ms'
  return (
    <section class="clock" aria-label="Simulation">
      <button type="button" class="main" title="From the beginning (x)" onClick={() => playground.run()}>
        Run
      </button>
      <button
        type="button"
        class="icon"
        aria-label={isPlaying ? 'Pause simulation' : 'Continue simulation'}
        title={`${isPlaying ? 'Pause' : 'Continue'} the simulation (o)`}
        disabled={moment === null}
        onClick={() => playground.pauseOrResume()}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </button>
      <button
        type="button"
        class="icon"
        aria-label="Next event of the simulation"
        title="To the next thing that happens (.)"
        onClick={() => playground.step()}
      >
        <Icon name="forward" />
      </button>
      <select
        aria-label="Speed of the simulation"
        title="How much of the simulation passes in a second"
        value={playground.speed ?? MAX}
        onChange={({ currentTarget: { value } }) => playground.setSpeed(value === MAX ? null : Number(value))}
      >
        {SPEEDS.map((it) => (
          <option key={it} value={it}>
            {it} {unit}/s
          </option>
        ))}
        <option value={MAX}>full speed</option>
      </select>
      <output class="number" title="Since the value came in">
        {moment === null ? '–' : `${format(moment.now)} ${unit}${moment.isOver ? ', over' : ''}`}
      </output>
      <span class="spring" />
      <Against playground={playground} />
      <button
        type="button"
        title="From here on two futures: what you do next happens in one of them (f)"
        disabled={moment === null}
        onClick={() => playground.fork()}
      >
        Fork
      </button>
    </section>
  )
}

function Against({ playground }: { readonly playground: Playground }): VNode {
  const { other, description } = playground
  return (
    <label class="control" title="Another strategy beside it, under the same luck">
      beside
      <select
        aria-label="Compare with"
        value={other?.name ?? ''}
        onChange={({ currentTarget: { value } }) => playground.against(value === '' ? null : value)}
      >
        <option value="">nothing</option>
        {description?.strategies.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
        {other !== null && !description?.strategies.some((it) => it.name === other.name) && (
          <option>{other.name}</option>
        )}
      </select>
    </label>
  )
}

function format(now: number): string {
  return now < 1000 ? String(Number(now.toPrecision(4))) : String(Math.round(now))
}
