/** Slow motion: what is shown, and where in it one is. It has its place also while nothing is replayed, so that nothing jumps. */
import type { VNode } from 'preact'
import { count, duration } from '../format.ts'
import { Icon, type IconName } from '../icon.tsx'
import type { Store } from '../store.ts'
import { useFrames } from '../use-store.ts'
import { momentInWords } from './moment-in-words.ts'
import { type Player, SPEEDS } from './player.ts'

export function ReplayBar({ store }: { readonly store: Store }): VNode {
  useFrames(store)
  const { player } = store
  const isIdle = player === null && store.spread === undefined
  const length = player?.replay.length ?? 1
  const isWhole = player?.replay.spread.isWhole !== false
  return (
    <div class="replay" data-active={player !== null}>
      <div class="banner">
        <p>{banner(store, player)}</p>
        <label title="Show each spread slowly as soon as it is through">
          <input
            type="checkbox"
            checked={store.replaysItself}
            onChange={({ currentTarget }) => store.set({ replaysItself: currentTarget.checked })}
          />
          auto replay
        </label>
        <button
          type="button"
          class={player === null ? '' : 'wanted'}
          disabled={player === null || store.hello?.source === 'recording'}
          title="What happens now (l)"
          onClick={() => store.live()}
        >
          Back to live
        </button>
      </div>
      <div class="transport">
        <Sign
          name="Previous hop"
          shortcut="shift ←"
          icon="previousHop"
          isOff={isIdle}
          act={() => store.replay((it) => it.stepHop(-1), 'end')}
        />
        <Sign
          name="Step back"
          shortcut="←"
          icon="back"
          isOff={isIdle}
          act={() => store.replay((it) => it.step(-1), 'end')}
        />
        <Sign
          name={player?.isPlaying ? 'Pause replay' : 'Play'}
          shortcut="space"
          icon={player?.isPlaying ? 'pause' : 'play'}
          isOff={isIdle}
          act={() => store.replay((it) => it.toggle())}
        />
        <Sign
          name="Step forward"
          shortcut="→"
          icon="forward"
          isOff={isIdle}
          act={() => store.replay((it) => it.step(1))}
        />
        <Sign
          name="Next hop"
          shortcut="shift →"
          icon="nextHop"
          isOff={isIdle}
          act={() => store.replay((it) => it.stepHop(1))}
        />
        <input
          type="range"
          name="position"
          aria-label="Position in the replay"
          min="0"
          max={length}
          step="any"
          value={player?.position ?? 0}
          disabled={isIdle}
          onInput={({ currentTarget }) => store.replay((it) => it.to(Number(currentTarget.value)))}
        />
        <output
          class="number time"
          title={isWhole ? "Time since the value's injection" : 'Time since the value was first seen here'}
        >
          {player === null ? '' : isWhole ? '' : '+'}
          {player === null ? '' : duration(Math.max(0, player.replay.picture(player.position).at))}
        </output>
        <select
          aria-label="Speed"
          title="Speed"
          value={player?.speed ?? 1}
          disabled={player === null}
          onChange={({ currentTarget }) => {
            if (player !== null) player.speed = Number(currentTarget.value)
          }}
        >
          {SPEEDS.map((it) => (
            <option key={it} value={it}>
              {it}×
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}

interface SignProps {
  readonly name: string
  readonly shortcut: string
  readonly icon: IconName
  readonly isOff: boolean
  act(): void
}

function Sign({ name, shortcut, icon, isOff, act }: SignProps): VNode {
  return (
    <button
      type="button"
      class="icon"
      aria-label={name}
      title={`${name} (${shortcut})`}
      disabled={isOff}
      onClick={act}
    >
      <Icon name={icon} />
    </button>
  )
}

const SLOW =
  'Each thing that happens takes the same time here, whether a microsecond or ten seconds lay before it'

function slowMotion({ slowness, quiet }: Player): string {
  const left = quiet >= 1000 ? `; ${duration(quiet)} of quiet left out` : ''
  if (slowness === Number.POSITIVE_INFINITY) return `slow motion${left}`
  return slowness >= 1
    ? `slow motion: ${times(slowness)} slower${left}`
    : `fast: ${times(1 / slowness)} faster${left}`
}

function times(factor: number): string {
  return `${factor < 10 ? factor.toFixed(1) : count(Number(factor.toPrecision(2)))}×`
}

function banner(store: Store, player: Player | null): VNode | string {
  if (player === null) return store.spread === undefined ? 'No value yet' : 'Live'
  const what = player.isPlaying || player.position === 0 || player.isAtEnd ? '' : momentInWords(player)
  return (
    <>
      <strong title={SLOW}>{slowMotion(player)}</strong>
      <span class="moment">{what}</span>
    </>
  )
}
