/** Ten containers that are killed, paused, unplugged and cut in two, and nobody who helps them. */
import assert from 'node:assert/strict'
import { performance } from 'node:perf_hooks'
import { after, before, describe, it } from 'node:test'
import { Cluster, type Container } from './cluster.ts'
import { cut, mend, reaches } from './cut.ts'
import { docker, whySkipped } from './engine.ts'
import { seconds } from './until.ts'
import { Witness } from './witness.ts'

const NODES = 10

describe('ten containers', { skip: whySkipped() }, () => {
  const cluster = new Cluster({ GOSSIP_PERIOD: '1s' })
  const witness = new Witness()
  let all: Container[] = []
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
    await cluster.up(NODES)
    all = await cluster.nodes()
    await witness.know(all)
    await witness.give(all[0]!, 'the first')
    await witness.hold(all)
  })
  after(() => cluster.remove())

  it('when three are killed, the others go on and forget them', async (t) => {
    const [live, dead] = apart(3)
    await docker('kill', ...idsOf(dead))
    await witness.give(live[0]!, 'after the kill')
    t.diagnostic(`the live hold the value after ${seconds(await witness.hold(live))}`)
    t.diagnostic(`the dead are forgotten after ${seconds(await witness.know(live))}`)
  })

  it('when the killed are started again, they are known and get the value anew', async (t) => {
    await docker('start', ...idsOf(apart(3)[1]))
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    await witness.hold(all)
  })

  it('when three are paused until they are forgotten, they return and their older value does not win', async (t) => {
    const [live, paused] = apart(3)
    await witness.give(paused[0]!, 'before the pause')
    await witness.hold(all)
    await docker('pause', ...idsOf(paused))
    await witness.give(live[0]!, 'during the pause')
    await witness.hold(live)
    t.diagnostic(`the paused are forgotten after ${seconds(await witness.know(live))}`)

    await docker('unpause', ...idsOf(paused))
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    await witness.hold(all)
  })

  it('when three lose their network and get it back, the value accepted by one without a network wins', async (t) => {
    const [live, unplugged] = apart(3)
    const [first] = unplugged
    for (const { network, id } of unplugged) await docker('network', 'disconnect', network, id)
    await witness.give(live[0]!, 'on the network')
    await witness.hold(live)
    await docker('exec', first!.id, 'bin/propagate', '-p', '7000', '--value', 'off the network')
    witness.accepted('off the network', Date.now())
    t.diagnostic(`the unplugged are forgotten after ${seconds(await witness.know(live))}`)

    for (const { network, id, ip } of unplugged) await docker('network', 'connect', '--ip', ip, network, id)
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    await witness.hold(all)
  })

  it('when cut 5|5 until each half has forgotten the other, they become one, with the greater value', async (t) => {
    const [left, right] = apart(5)
    const cutAt = performance.now()
    try {
      await cut(left, right)
      const ways = [[left, right] as const, [right, left] as const]
      for (const [one, other] of ways) assert.ok(!(await reaches(one[0]!, other[0]!)), 'nothing is cut')
      await witness.give(right[0]!, 'of the right')
      await witness.hold(right, 'of the right')
      await witness.give(left[0]!, 'of the left')
      await witness.hold(left, 'of the left')
      await Promise.all([left, right].map((it) => witness.know(it)))
      t.diagnostic(`each half knows itself alone ${seconds(performance.now() - cutAt)} after the cut began`)
      await witness.hold(right, 'of the right')
    } finally {
      await mend(left)
    }
    t.diagnostic(`all know all ${seconds(await witness.know(all))} after the cut was mended`)
    await witness.hold(all)
  })

  it('when one is started again at another address, that one replaces the old one', async (t) => {
    const { id, network, ip } = all[0]!
    await docker('kill', id)
    await docker('network', 'disconnect', network, id)
    await docker('network', 'connect', '--ip', '172.28.0.200', network, id)
    await docker('start', id)
    t.diagnostic(`all know all after ${seconds(await witness.know(all))}`)
    await witness.hold(all)
    const now = await cluster.nodes()
    assert.deepEqual(
      now.map((it) => it.ip).filter((it) => it === ip || it === '172.28.0.200'),
      ['172.28.0.200'],
    )
  })

  /** Those that go on, and the `count` last ones, to whom something happens. */
  function apart(count: number): [Container[], Container[]] {
    return [all.slice(0, -count), all.slice(-count)]
  }
})

function idsOf(containers: readonly Container[]): string[] {
  return containers.map((it) => it.id)
}
