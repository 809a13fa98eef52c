/** What each node was while a value spread, from its injection to some time. */
import type { Change, Spread } from './spread.ts'

export interface Life {
  /** One after the other, without gaps. */
  readonly parts: readonly Part[]
  /** When it took the value again, after it had lost it. */
  readonly again: readonly number[]
}

export interface Part {
  /** Ms since injection. */
  readonly from: number
  readonly to: number
  readonly is: 'without' | 'has' | 'paused' | 'dead'
}

interface Turn {
  readonly node: string
  readonly at: number
  readonly order: number
  readonly is: Change['is'] | 'took'
  readonly keeps: boolean
}

/** @param span ms since injection */
export function livesOf(spread: Spread, nodes: readonly string[], span: number): Life[] {
  const turns = new Map<string, Turn[]>(nodes.map((it) => [it, []]))
  for (const it of spread.changes) turns.get(it.node)?.push(it)
  for (const it of spread.taken) turns.get(it.node)?.push({ ...it, is: 'took', keeps: true })
  return nodes.map((node) => lifeOf(spread, node, turns.get(node)!, span))
}

function lifeOf({ atFirst, startedAt, infections }: Spread, node: string, turns: Turn[], span: number): Life {
  const is = {
    dead: atFirst.down.has(node),
    paused: atFirst.paused.has(node),
    has: atFirst.held.has(node),
  }
  const first = infections.get(node)
  const parts: Part[] = []
  const again: number[] = []
  let since = 0
  const part = (to: number): void => {
    const what = is.dead ? 'dead' : is.paused ? 'paused' : is.has ? 'has' : 'without'
    const last = parts.at(-1)
    if (to <= since) return
    if (last?.is === what) parts[parts.length - 1] = { ...last, to }
    else parts.push({ from: since, to, is: what })
    since = to
  }
  for (const turn of turns.sort((a, b) => a.at - b.at || a.order - b.order)) {
    const at = turn.at - startedAt
    if (at > span) break
    part(at)
    if (turn.is === 'took' && turn.order !== first?.order) again.push(at)
    if (turn.is === 'stopped' || turn.is === 'lost')
      Object.assign(is, { dead: true, paused: false, has: false })
    else if (turn.is === 'paused') is.paused = true
    else if (turn.is === 'resumed') is.paused = false
    else Object.assign(is, { dead: false, has: turn.keeps })
  }
  part(span)
  return { parts, again }
}
