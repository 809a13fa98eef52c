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

/** Is the page to be seen? It is drawn anew when it is again: what is dear to compute waits for that. */
export function useVisibility(): boolean {
  const [, again] = useReducer<number, void>((n) => n + 1, 0)
  useEffect(() => {
    const changed = (): void => again()
    document.addEventListener('visibilitychange', changed)
    return () => document.removeEventListener('visibilitychange', changed)
  }, [])
  return !document.hidden
}
