/** Who is faster is another one where values are long and links have a rate: what is sent in vain costs time then. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBandwidth } from '../../src/network/cost/bandwidth.ts'
import { parseSize } from '../../src/network/cost/size.ts'
import { simulate } from '../../src/simulation/simulate.ts'
import gossipsub from '../../src/strategy/gossipsub.ts'
import plumtree from '../../src/strategy/plumtree.ts'
import push from '../../src/strategy/push.ts'
import { settings } from './settings.ts'

/**
 * Time-outs of 1 s and a mesh of eight, as those have it who proposed v2.0 (ethresear.ch/t/21893). Without announcements
 * gossipsub is as fast as a push to as many at either size: it is they that make the difference.
 */
const frugal = {
  plumtree: { strategy: plumtree, options: {} },
  gossipsub: { strategy: gossipsub, options: { d: 8, dLow: 6, dAnnounce: 8, timeout: 0.1 } },
}

for (const [name, { strategy, options }] of Object.entries(frugal)) {
  test(`when a stream of values grows from 1 KiB to 128 KiB then push and ${name} change places`, (t) => {
    // Once Plumtree has its tree, and gossipsub its mesh.
    const stream = Array.from(
      { length: 20 },
      (_, i) => ({ at: 60_000 + 250 * i, do: 'propagate', node: i, value: `${i}` }) as const,
    )
    const scenario = [{ at: 0, do: 'propagate', node: 0, value: 'first' }, ...stream] as const
    const delay = (of: unknown, options: object, size: string): number => {
      const runs = Array.from({ length: 5 }, (_, run) => {
        const given = { nodes: 100, run, period: 10_000, latency: { kind: 'constant', ms: 50 } } as const
        const cost = { size: parseSize(size), bandwidth: parseBandwidth('20Mbit') }
        return simulate(settings(of, { ...options }, { ...given, ...cost, scenario })).result
      })
      for (const { residue } of runs) assert.equal(residue, 0)
      return runs.reduce((sum, it) => sum + it.tAverage, 0) / runs.length
    }
    const [pushed, grown] = ['1KiB', '128KiB'].map((size) => delay(push, { fanout: 8 }, size))
    const [spared, grownSpared] = ['1KiB', '128KiB'].map((size) => delay(strategy, options, size))
    t.diagnostic(`of 1 KiB ${pushed} and ${spared} ms, of 128 KiB ${grown} and ${grownSpared}`)
    assert.ok(pushed! < spared! / 1.5, `of 1 KiB push takes ${pushed} ms, ${name} ${spared}`)
    assert.ok(grownSpared! < grown! / 1.2, `of 128 KiB push takes ${grown} ms, ${name} ${grownSpared}`)
  })
}
