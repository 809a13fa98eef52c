/** How events speak of nodes and messages. */
import { isValue, type Message } from '../gossip/message.ts'
import type { GossipEvent } from '../measure/event.ts'
import type { Names } from '../network/topology/names.ts'

/** An address: of a number, or of the name that a file of edges has for it. */
export function nameOf(index: number, names?: Names): string {
  if (names === undefined) return `n${index}:7000`
  return names instanceof Int32Array ? `n${names[index]}:7000` : `${names[index]}:7000`
}

/** What an event says of a message. @param peer the other node's name */
export function about(peer: string, message: Message): Partial<GossipEvent> {
  const { type } = message
  return isValue(message) ? { peer, type, timestamp: message.timestamp, hops: message.hops } : { peer, type }
}
