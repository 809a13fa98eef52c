/** What has been worked out before, of no consequence but for the time that it takes. */
const known = new Map<number, number>()

export function fanoutFor(peers: number): number {
  const before = known.get(peers)
  if (before !== undefined) return before
  const fanout = Math.max(1, Math.ceil(Math.log(peers + 1)))
  known.set(peers, fanout)
  return fanout
}
