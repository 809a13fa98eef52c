/** A strategy that does nothing but write down which of its handlers was called, and with what. */
import { strategy, z } from '../../src/gossip/strategy.ts'

export type Call = readonly [handler: string, ...about: unknown[]]

export function listening() {
  const calls: Call[] = []
  const heard = (handler: string, ...about: unknown[]): void => {
    calls.push([handler, ...about])
  }
  const it = strategy({
    summary: 'Listens.',
    messages: { ask: { what: z.string() } },
    onPeriod: () => heard('onPeriod'),
    onNewer: (_node, _item, from) => heard('onNewer', from),
    onKnown: (_node, _item, from) => heard('onKnown', from),
    onOlder: (_node, _item, from) => heard('onOlder', from),
    onPeerDown: (_node, peer) => heard('onPeerDown', peer),
    onMessage: { ask: (_node, from, { what }) => heard('ask', from, what) },
  })
  return { strategy: it, calls }
}
