/** The page's service: it does not start unless it is asked for, and then shows the containers. */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { freePorts } from '../cli/run.ts'
import { launch, skip as noBrowser, visit } from '../page/browser.ts'
import { get, ownHeaders, send } from '../page/visitor.ts'
import { Cluster, lines } from './cluster.ts'
import { docker, whySkipped } from './engine.ts'
import { until } from './until.ts'

const NODES = 5

describe('five containers and the page', { skip: whySkipped() || noBrowser }, () => {
  let cluster: Cluster
  let url = ''
  before(async () => {
    const port = await freePorts(1)
    url = `http://127.0.0.1:${port}`
    cluster = new Cluster({ GOSSIP_PERIOD: '1s', GOSSIP_HTTP_PORT: String(port) })
    await cluster.remove()
    await cluster.mustBuild()
  })
  after(() => cluster.remove())

  it('when nodes are started then the page is not', async () => {
    await cluster.up(NODES)
    await cluster.complete(NODES)
    const names = lines(await docker('ps', '--format', '{{.Names}}'))
    assert.deepEqual(
      names.filter((it) => it.includes('view')),
      [],
    )
  })

  it('when the page is asked for then a value from it reaches all, a killed one is shown, and its return', async (t) => {
    await cluster.up(NODES, '--scale', 'view=1')
    await until('the page is served', async () => {
      const answer = await get(url, '/').catch((error: Error) => error)
      return answer instanceof Error || answer.status !== 200 ? 'it is not' : undefined
    })
    const browser = await launch()
    t.after(() => browser.close())
    const { page, complaints } = await visit(browser, url)
    const shows = (count: number, state: string) =>
      until(`${count} are ${state}`, async () => {
        const found = await page.locator(`[data-node][data-state=${state}]`).count()
        return found === count ? undefined : `${found} are`
      })
    await shows(NODES, 'susceptible')
    await page.getByRole('button', { name: 'Propagate', exact: true }).click()
    await shows(NODES, 'infected')

    const { id } = (await cluster.nodes())[1]!
    await docker('kill', id)
    await shows(1, 'unreachable')
    await docker('start', id)
    await shows(NODES, 'infected')
    assert.deepEqual(complaints, [])
  })

  it('when another site or another host asks then the page refuses', async () => {
    assert.equal((await get(url, '/', { host: 'evil.example' })).status, 403)
    const headers = { ...ownHeaders(url), origin: 'http://evil.example' }
    assert.equal((await send(url, '/act', 'POST', headers, '{"do":"propagate","node":0}')).status, 403)
  })
})
