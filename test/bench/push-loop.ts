/** Infect and die in typed arrays, and nothing else: what a simulator of one protocol could cost. */
const SLOT_MS = 1 / 64
const SLOTS = 1024

export function pushLoop(nodes: number, fanout: number): { events: number; reached: number } {
  const capacity = nodes * fanout + 1
  const target = new Int32Array(capacity)
  const next = new Int32Array(capacity)
  const slots = new Int32Array(SLOTS).fill(-1)
  const isReached = new Uint8Array(nodes)
  isReached[0] = 1
  let used = 0
  let events = 0
  let reached = 1
  let pending = 0
  let hand = 0
  const send = (): void => {
    for (let i = 0; i < fanout; i++) {
      const slot = (hand + Math.floor((1 + 9 * Math.random()) / SLOT_MS)) % SLOTS
      target[used] = Math.floor(Math.random() * nodes)
      next[used] = slots[slot]!
      slots[slot] = used++
      pending += 1
    }
  }
  for (send(); pending > 0; hand = (hand + 1) % SLOTS) {
    let id = slots[hand]!
    slots[hand] = -1
    for (; id !== -1; id = next[id]!) {
      events += 1
      pending -= 1
      const node = target[id]!
      if (isReached[node] === 1) continue
      isReached[node] = 1
      reached += 1
      send()
    }
  }
  return { events, reached: reached / nodes }
}
