/** The keyboard. */
import { cutInTwo, heal, kill, pauseOrResume, propagate, reset, revive } from './actions.ts'
import type { Store } from './store.ts'

export interface Key {
  readonly keys: string
  readonly does: string
  /** The word of scenarios that it needs. */
  readonly needs?: string
  act(store: Store): void
}

export const KEYS: readonly Key[] = [
  { keys: '?', does: 'this help', act: (it) => it.set({ isHelpOpen: !it.isHelpOpen }) },
  {
    keys: 'p',
    does: 'propagate a value, from the selected node or any',
    needs: 'propagate',
    act: (it) => void propagate(it),
  },
  { keys: 'k', does: 'kill the selected node, or any', needs: 'kill', act: (it) => kill(it) },
  { keys: 'r', does: 'revive the selected node, or a dead one', needs: 'restart', act: (it) => revive(it) },
  {
    keys: 'z',
    does: 'pause or resume the selected node, or any',
    needs: 'pause',
    act: (it) => pauseOrResume(it),
  },
  { keys: 'c', does: 'cut in two', needs: 'partition', act: cutInTwo },
  { keys: 'h', does: 'heal', needs: 'heal', act: heal },
  { keys: '0', does: 'reset', needs: 'heal', act: (it) => void reset(it) },
  { keys: 'space', does: 'play or pause the replay', act: (it) => it.replay((player) => player.toggle()) },
  { keys: '\u2192', does: 'a message further', act: (it) => it.replay((player) => player.step(1)) },
  { keys: '\u2190', does: 'a message back', act: (it) => it.replay((player) => player.step(-1), 'end') },
  { keys: 'shift \u2192', does: 'a hop further', act: (it) => it.replay((player) => player.stepHop(1)) },
  { keys: 'shift \u2190', does: 'a hop back', act: (it) => it.replay((player) => player.stepHop(-1), 'end') },
  { keys: 'l', does: 'back to live', act: (it) => it.live() },
  { keys: 'g', does: 'graph', act: (it) => it.set({ view: 'graph' }) },
  { keys: 't', does: 'space-time diagram', act: (it) => it.set({ view: 'time' }) },
  { keys: 'n', does: 'table of nodes', act: (it) => it.set({ view: 'table' }) },
]

const NAMES: Readonly<Record<string, string>> = { ' ': 'space', ArrowRight: '\u2192', ArrowLeft: '\u2190' }

/** Was what has the focus reached by keyboard? A key that is pressed makes any focus look so. */
let isReachedByKey = false

/** @param more those that a page has besides */
export function listenToKeys(store: Store, more: readonly Key[] = []): void {
  const all = [...KEYS, ...more]
  document.addEventListener('focusin', ({ target }) => {
    isReachedByKey = target instanceof Element && target.matches(':focus-visible')
  })
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (event.key === 'Escape') return close(store)
    // What is behind the help rests.
    if (store.isHelpOpen && event.key !== '?') return
    const name = NAMES[event.key] ?? event.key
    const keys = event.shiftKey && event.key.startsWith('Arrow') ? `shift ${name}` : name
    const key = all.find((it) => it.keys === keys)
    if (key === undefined || isTyping(event) || (key.needs !== undefined && !store.can(key.needs))) return
    event.preventDefault()
    // One that is held down is one.
    if (event.repeat && !event.key.startsWith('Arrow')) return
    key.act(store)
  })
  // Some browsers press a button when the space is let go, whatever became of it before.
  document.addEventListener('keyup', (event) => {
    if (event.key === ' ' && !store.isHelpOpen && !isTyping(event)) event.preventDefault()
  })
}

function close(store: Store): void {
  if (store.isHelpOpen) store.set({ isHelpOpen: false })
  else store.set({ selected: null, link: null })
}

/**
 * A field takes all keys, a slider the arrows; but that of the replay is moved as the help says. Buttons and links are
 * pressed by Enter, so that the space is always that of the replay; only a box or a list that was reached by keyboard
 * keeps it.
 */
function isTyping({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false
  if (target.matches('textarea, [contenteditable=true], input:not([type=checkbox], [type=range])'))
    return true
  if (target.matches('input[type=range]:not([name=position])')) return key.startsWith('Arrow')
  if (target.matches('select')) return key !== ' ' || isReachedByKey
  return key === ' ' && isReachedByKey && target.matches('input[type=checkbox]')
}
