/** Nodes started at the same moment never stay apart. More often: GOSSIP_TEST_STARTS=10. */
import { after, before, describe, it } from 'node:test'
import { Cluster } from './cluster.ts'
import { whySkipped } from './engine.ts'
import { seconds } from './until.ts'

const STARTS = Number(process.env.GOSSIP_TEST_STARTS ?? 3)
const NODES = 10

describe('ten nodes started at once', { skip: whySkipped() }, () => {
  const cluster = new Cluster()
  before(async () => {
    await cluster.remove()
    await cluster.mustBuild()
  })
  after(() => cluster.remove())

  for (let start = 1; start <= STARTS; start += 1) {
    it(`all know all, start ${start} of ${STARTS}`, async (t) => {
      await cluster.up(NODES)
      t.diagnostic(`all know all after ${seconds(await cluster.complete(NODES))}`)
      await cluster.down()
    })
  }
})
