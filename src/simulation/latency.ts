/** How long a message is under way, in ms. */
export type Latency =
  | { readonly kind: 'constant'; readonly ms: number }
  /** Uniform between the two. */
  | { readonly kind: 'uniform'; readonly from: number; readonly to: number }
  /** Log-normal: half of all messages take at most `median`; `sigma` is the deviation of the logarithm. */
  | { readonly kind: 'log-normal'; readonly median: number; readonly sigma: number }

export function drawLatency(latency: Latency, random: () => number): number {
  switch (latency.kind) {
    case 'constant':
      return latency.ms
    case 'uniform':
      return latency.from + random() * (latency.to - latency.from)
    case 'log-normal':
      return latency.median * Math.exp(latency.sigma * normal(random))
  }
}

/** A latency that hardly any message exceeds, in ms. */
export function longLatency(latency: Latency): number {
  switch (latency.kind) {
    case 'constant':
      return latency.ms
    case 'uniform':
      return latency.to
    case 'log-normal':
      return latency.median * Math.exp(4 * latency.sigma)
  }
}

/** A standard normal deviate (Box and Muller 1958). */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
