import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawLatency, type Latency } from '../../src/network/latency.ts'
import { randomStream } from '../../src/simulation/random.ts'

function draw(latency: Latency, count = 10_001): number[] {
  const stream = randomStream(1, 0, 'network')
  const times = Array.from({ length: count }, () => drawLatency(latency, () => stream.random()))
  return times.sort((a, b) => a - b)
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)]!
}

/** 10,001 draws know a quantile to 2% of the range, 4 standard errors over. */
function assertNear(ours: number, right: number, within: number): void {
  assert.ok(Math.abs(ours - right) <= within, `${ours} instead of ${right}`)
}

test('when latency is constant then every message takes as long', () => {
  assert.deepEqual(new Set(draw({ kind: 'constant', ms: 4 })), new Set([4]))
})

test('when latency is uniform then it stays in its bounds, with the median in the middle', () => {
  const times = draw({ kind: 'uniform', from: 10, to: 30 })
  assert.ok(quantile(times, 0) >= 10 && quantile(times, 1) < 30)
  for (const share of [0.1, 0.5, 0.9]) assertNear(quantile(times, share), 10 + 20 * share, 0.4)
})

test('when latency is log-normal then the median is as given, and sigma spreads its logarithm', () => {
  const logs = draw({ kind: 'log-normal', median: 50, sigma: 0.5 }).map((it) => Math.log(it / 50) / 0.5)
  assert.ok(logs.every(Number.isFinite))
  // Of a standard normal: 5%, half and 95% are below.
  assertNear(quantile(logs, 0.05), -1.645, 0.09)
  assertNear(quantile(logs, 0.5), 0, 0.05)
  assertNear(quantile(logs, 0.95), 1.645, 0.09)
})

test('when log-normal has no sigma then every message takes the median', () => {
  assert.deepEqual(new Set(draw({ kind: 'log-normal', median: 50, sigma: 0 }, 100)), new Set([50]))
})
