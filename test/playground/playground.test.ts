/** The playground in real browsers: it runs what `simulate` runs, and what one does in it can be done again. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, type TestContext, test } from 'node:test'
import { simulate } from '../../src/library/index.ts'
import { membershipNames, strategyNames } from '../../src/loader/load.ts'
import type { Served } from '../../src/playground/server/serve.ts'
import { root } from '../house/source.ts'
import { BROWSERS, type Page, serve, Visit } from './page.ts'

const LOGNORMAL = 'lognormal:20,0.6'
const ENDLESS = `import { strategy } from 'gossip/strategy'
export default strategy({
  summary: 'Does not come back.',
  onPeriod: () => {
    for (;;);
  },
})
`
const LOUD = `import { strategy } from 'gossip/strategy'
export default strategy({
  summary: 'Tells five.',
  onPeriod: () => {},
  onNewer: (node, item) => node.sendValue(node.pick(5), item),
})
`

let served: Served
before(async () => {
  served = await serve()
})
after(() => served?.stop())

for (const { name, skip, start } of BROWSERS) {
  let browser: Awaited<ReturnType<typeof start>>
  before(async () => {
    if (skip === false) browser = await start()
  })
  after(() => browser?.close())

  /** In a profile of its own, so that nothing is known of another one. */
  async function open(t: TestContext, hash = ''): Promise<Visit> {
    const page = (await browser.newPage()) as unknown as Page
    t.after(() => page.close())
    return Visit.open(page, served.url, hash)
  }

  test(`${name}: when a strategy runs then its record is that of simulate, whatever the latency`, {
    skip,
  }, async (t) => {
    const visit = await open(t)
    for (const strategy of strategyNames()) {
      for (const latency of ['1..10', LOGNORMAL]) {
        const [expected] = await simulate({ strategy, latency, nodes: 60, seed: 7, until: '300s' })
        const { experiment, ...record } = (await visit.run(
          `#strategy=${strategy}&latency=${latency}&nodes=60&seed=7&until=300s&run=1`,
        )) as { experiment: string }
        assert.deepEqual(record, JSON.parse(JSON.stringify(expected)), `${strategy} with ${latency}`)
      }
    }
    assert.deepEqual(visit.complaints, [])
  })

  test(`${name}: when memberships, regions, bandwidth, topology, rounds and a load are asked for then all is as in simulate`, {
    skip,
  }, async (t) => {
    const visit = await open(t)
    const asked = [
      ...membershipNames().map((membership) => ({ membership, nodes: 40, until: '100s' })),
      { regions: 'ibm-cloud', bandwidth: '1Mbit', size: '4KiB', nodes: 50 },
      { topology: 'small-world:4,0.1', loss: 0.1, nodes: 50, until: '200s' },
      { rounds: true, nodes: 100, loss: 0.2, until: 50 },
      { values: 20, rate: '50/s', keys: 5, nodes: 30, strategy: 'plumtree', until: '60s' },
      { scenario: 'loss-30-percent', nodes: 20, until: '100s' },
    ]
    for (const it of asked) {
      const options = { strategy: 'push', seed: 3, ...it }
      const [expected] = await simulate(options as never)
      const words = Object.entries(options).map(([key, value]) => `${key}=${value === true ? 1 : value}`)
      const { experiment, ...record } = (await visit.run(`#${words.join('&')}&run=1`)) as {
        experiment: string
      }
      assert.deepEqual(record, JSON.parse(JSON.stringify(expected)), words.join(' '))
    }
    assert.deepEqual(visit.complaints, [])
  })

  test(`${name}: when what is asked for is wrong then one line says so`, { skip }, async (t) => {
    const visit = await open(t, '#strategy=pusch&run=1')
    const said = `document.querySelector('.fault')?.textContent`
    assert.match(String(await visit.until('it says so', said)), /^no strategy "pusch"; there are: flood, /)
    await visit.page.evaluate(`location.hash = '#nodes=100001&run=1'`)
    await visit.until('it says so', `${said}.includes('too many for a browser (at most 100000)')`)
    await visit.page.evaluate(`location.hash = '#fanout=3&run=1'`)
    await visit.until(
      'it says so',
      `${said}.startsWith('no option "fanout"; there are: strategy, set, nodes')`,
    )
  })

  test(`${name}: when a file comes with a link then it runs when that is allowed, and gives the same figures; one that does not come back is stopped`, {
    skip,
  }, async (t) => {
    const visit = await open(t)
    await visit.press('Edit')
    await visit.until('the editor is there', `document.querySelector('.cm-content') !== null`)
    await openFile(visit, 'loud.ts', LOUD)
    await visit.until('it runs', `document.title.startsWith('gossip: loud')`)
    await visit.choose('Speed of the simulation', 'max')
    await visit.press('Run')
    const first = await visit.record()
    await visit.until('it is over', `document.querySelector('.clock output').textContent.endsWith('over')`)
    const link = await visit.share()

    const other = await open(t, new URL(link).hash)
    await other.press('Run it')
    assert.deepEqual(await other.record(), first)
    assert.deepEqual(other.complaints, [])

    await openFile(visit, 'endless.ts', ENDLESS)
    await visit.until(
      'it is stopped',
      `document.querySelector('.fault')?.textContent.includes('did not come back')`,
    )
    await visit.page.evaluate(`location.hash = '#strategy=push&nodes=30&run=1&seed=2'`)
    await visit.until('others run on', `document.querySelector('#result').textContent.includes('"seed":2')`)
    assert.deepEqual(visit.complaints, [])
  })

  test(`${name}: when a node is killed at some moment then simulate plays the saved scenario to the same end`, {
    skip,
  }, async (t) => {
    const visit = await open(t, '#strategy=push&nodes=30&seed=5&at=12')
    await visit.until('it stands', `document.querySelector('.clock output').textContent === '12 ms'`)
    await visit.press('Fork')
    await visit.until('there are two', `document.querySelectorAll('.lab').length === 2`)
    await visit.page.evaluate(
      `document.querySelector('.lab .node[aria-label^="n4:"]').dispatchEvent(new MouseEvent('click', { bubbles: true }))`,
    )
    await visit.press('Kill')
    await visit.until('it is dead', `document.querySelector('[role=status]').textContent.startsWith('kill')`)
    await visit.choose('Speed of the simulation', 'max')
    await visit.press('Continue simulation')
    const { experiment, ...record } = (await visit.record()) as { experiment: string; infected: number }
    assert.equal(record.infected, 29)
    const scenario = JSON.parse(await visit.saved('Save scenario'))
    const [expected] = await simulate({ strategy: 'push', nodes: 30, seed: 5, scenario })
    assert.deepEqual(record, JSON.parse(JSON.stringify(expected)))
    assert.deepEqual(visit.complaints, [])
  })

  test(`${name}: when a file is judged by an exercise then what it begins with does not pass, and the reference does`, {
    skip,
  }, async (t) => {
    const visit = await open(t)
    const verdict = `document.querySelector('.verdict').textContent`
    await visit.press('Course')
    await visit.until('the course is there', `document.querySelector('[aria-label=Exercise]') !== null`)
    await visit.choose('Exercise', '2')
    await visit.until(
      'it is the second',
      `document.querySelector('.course').textContent.includes('Sensors stand')`,
    )
    await visit.press('Start file')
    await visit.until('it is compiled', `document.title.startsWith('gossip: exercise-2')`)
    await visit.press('Verdict')
    await visit.until('it does not pass', `${verdict}.startsWith('not passed')`)
    await openFile(visit, 'line.ts', readFileSync(`${root}test/exercise/2.ts`, 'utf8'))
    await visit.until('it is compiled', `document.title.startsWith('gossip: line')`)
    await visit.press('Verdict')
    await visit.until('it passes', `${verdict}.startsWith('passed')`)
    assert.deepEqual(visit.complaints, [])
  })
}

/** As a file of the reader's, which the editor shows. */
async function openFile({ page }: Visit, name: string, text: string): Promise<void> {
  await page.evaluate(`{
    const field = document.querySelector('input[type=file]')
    const files = new DataTransfer()
    files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}))
    field.files = files.files
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }`)
}
