/** Draws a component anew when something has changed. */
import { useEffect, useReducer } from 'preact/hooks'
import type { Store } from './store.ts'

export function useStore(store: Store): void {
  const [, again] = useReducer<number, void>((n) => n + 1, 0)
  useEffect(() => store.subscribe(() => again()), [store])
}

/** In each frame while a replay runs, besides. */
export function useFrames(store: Store): void {
  const [, again] = useReducer<number, void>((n) => n + 1, 0)
  useEffect(
    () =>
      store.frames.add(() => {
        if (store.player?.isPlaying === true || store.player?.isAtEnd === true) again()
        return false
      }),
    [store],
  )
}
