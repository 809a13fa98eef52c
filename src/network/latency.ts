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

/** In the mean, in ms. */
export function meanLatency(latency: Latency): number {
  switch (latency.kind) {
    case 'constant':
      return latency.ms
    case 'uniform':
      return (latency.from + latency.to) / 2
    case 'log-normal':
      return latency.median * Math.exp(latency.sigma ** 2 / 2)
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

const FORM = 'ms such as 5, a range such as 1..10, or lognormal:MEDIAN,SIGMA such as lognormal:20,0.5'
const NUMBER = '(\\d+(?:\\.\\d+)?)'
const CONSTANT = new RegExp(`^${NUMBER}(?:ms)?$`)
const UNIFORM = new RegExp(`^${NUMBER}\\.\\.${NUMBER}(?:ms)?$`)
const LOG_NORMAL = new RegExp(`^lognormal:${NUMBER},${NUMBER}$`)

/** "5", "1..10" or "lognormal:20,0.5", in ms. @throws {Error} one line */
export function parseLatency(text: string): Latency {
  const [, constant] = CONSTANT.exec(text) ?? []
  const [, from, to] = UNIFORM.exec(text) ?? []
  const [, median, sigma] = LOG_NORMAL.exec(text) ?? []
  if (constant !== undefined) return { kind: 'constant', ms: Number(constant) }
  if (from !== undefined && Number(from) <= Number(to))
    return { kind: 'uniform', from: Number(from), to: Number(to) }
  if (median !== undefined) return { kind: 'log-normal', median: Number(median), sigma: Number(sigma) }
  throw new Error(`must be ${FORM}`)
}

/** As it is typed. */
export function nameOfLatency(latency: Latency): string {
  switch (latency.kind) {
    case 'constant':
      return String(latency.ms)
    case 'uniform':
      return `${latency.from}..${latency.to}`
    case 'log-normal':
      return `lognormal:${latency.median},${latency.sigma}`
  }
}
