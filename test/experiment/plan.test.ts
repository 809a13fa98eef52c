import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cellsOf, type Plan } from '../../src/experiment/plan.ts'
import { RUN_DEFAULTS } from '../../src/experiment/settings.ts'

const one = (name: string) => [{ name, weight: 1 }]

function cells(given: Partial<Plan>) {
  return cellsOf({ contenders: [one('push')], set: {}, settings: RUN_DEFAULTS, sweeps: [], ...given })
}

test('when nothing is swept then each contender is a cell', async () => {
  const all = await cells({ contenders: [one('push'), one('pull')] })
  assert.deepEqual(
    all.map((it) => it.members[0]?.strategy.name),
    ['push', 'pull'],
  )
})

test('when several are swept then they multiply, the last one fastest', async () => {
  const all = await cells({
    sweeps: [
      { name: 'loss', values: [0, 0.5] },
      { name: 'fanout', values: [1, 2] },
    ],
  })
  assert.deepEqual(
    all.map((it) => [it.settings.loss, it.members[0]?.options]),
    [
      [0, { fanout: 1 }],
      [0, { fanout: 2 }],
      [0.5, { fanout: 1 }],
      [0.5, { fanout: 2 }],
    ],
  )
})

test('when a strategy lacks the swept option then it is run once', async () => {
  const all = await cells({
    contenders: [one('push'), one('rumor')],
    sweeps: [{ name: 'fanout', values: [1, 2, 3] }],
  })
  assert.deepEqual(
    all.map((it) => it.swept),
    [{ fanout: 1 }, { fanout: 2 }, { fanout: 3 }, {}],
  )
})

test('when an option is given then it goes to those that have it', async () => {
  const all = await cells({ contenders: [one('push'), one('rumor')], set: { k: 7, fanout: 2 } })
  assert.deepEqual(
    all.map((it) => it.members[0]?.options),
    [{ fanout: 2 }, { k: 7 }],
  )
})

test('when nodes are swept then the scenario is read for each number of them', async () => {
  const all = await cells({
    scenario: 'partition-longer-than-expiry',
    sweeps: [{ name: 'nodes', values: [10, 20] }],
  })
  const sizes = all.map(({ settings }) => {
    const step = settings.scenario?.find((it) => it.do === 'partition')
    return step?.do === 'partition' ? step.groups.map((it) => it.length) : undefined
  })
  assert.deepEqual(sizes, [
    [5, 5],
    [5, 15],
  ])
})

test('when what the network costs is swept then each is read, and regions take the place of the usual latency', async () => {
  const { latency, ...settings } = RUN_DEFAULTS
  const all = await cells({
    settings: { ...settings, latency: undefined },
    sweeps: [
      { name: 'bandwidth', values: ['20Mbit', '1Gbit/10Gbit'] },
      { name: 'size', values: ['1KiB', 5] },
    ],
  })
  assert.deepEqual(
    all.map((it) => [it.settings.bandwidth?.down, it.settings.size?.from, it.settings.latency]),
    [
      [20e6, 1024, latency],
      [20e6, 5, latency],
      [10e9, 1024, latency],
      [10e9, 5, latency],
    ],
  )
  const sweeps = [{ name: 'regions', values: ['ibm-cloud'] }]
  const [apart] = await cells({ settings: { ...settings, latency: undefined }, sweeps })
  assert.deepEqual(apart!.settings.latency, { kind: 'constant', ms: 0 })
  const [both] = await cells({ sweeps })
  assert.deepEqual(both!.settings.latency, latency)
})

test('when nothing of what the network costs is asked for then the settings are those of before', async () => {
  const [cell] = await cells({})
  const names = ['bandwidth', 'size', 'regions', 'processing']
  assert.deepEqual(
    names.filter((it) => Object.hasOwn(cell!.settings, it)),
    [],
  )
})

const wrong: [given: Partial<Plan>, says: RegExp][] = [
  [{ contenders: [one('nonsense')] }, /no strategy "nonsense".*push/],
  [{ set: { fanuot: 1 } }, /fanuot.*fanout/],
  [
    { contenders: [one('push'), one('rumor')], set: { fanuot: 1 } },
    /no option fanuot: push has fanout; rumor has/,
  ],
  [{ sweeps: [{ name: 'fanout', values: [1, 0] }] }, /fanout/],
  [{ sweeps: [{ name: 'fanuot', values: [1, 2] }] }, /fanuot/],
  [{ sweeps: [{ name: 'loss', values: [0, 1.5] }] }, /loss: 1\.5 must be a probability from 0 to 1/],
  [{ sweeps: [{ name: 'nodes', values: [10, 0.5] }] }, /nodes: 0\.5 must be a whole number/],
  [{ sweeps: [{ name: 'latency', values: ['soon'] }] }, /latency: "soon" must be ms such as/],
  [
    { sweeps: [{ name: 'bandwidth', values: ['5'] }] },
    /bandwidth: 5 must be UP or UP\/DOWN|bandwidth: "5" must/,
  ],
  [{ sweeps: [{ name: 'size', values: [0] }] }, /size: 0 must be a whole number of bytes/],
  [
    { settings: { ...RUN_DEFAULTS, rounds: true }, sweeps: [{ name: 'bandwidth', values: ['5Mbit'] }] },
    /rounds have no bandwidth/,
  ],
  [{ sweeps: [{ name: 'topology', values: ['moebius'] }] }, /topology: .*"moebius"/],
  [
    {
      sweeps: [
        { name: 'topology', values: ['torus'] },
        { name: 'nodes', values: [9, 10] },
      ],
    },
    /torus.*10 nodes/,
  ],
  [
    {
      sweeps: [
        { name: 'loss', values: [0] },
        { name: 'loss', values: [1] },
      ],
    },
    /loss is given twice/,
  ],
  [{ set: { fanout: 1 }, sweeps: [{ name: 'fanout', values: [1, 2] }] }, /fanout is given twice/],
  [{ settings: { ...RUN_DEFAULTS, rounds: true, topology: { kind: 'real' } } }, /real needs a clock/],
  [{ scenario: 'nonsense' }, /no scenario "nonsense"; there are: .*one-way-cut/],
]
for (const [given, says] of wrong) {
  test(`when the plan is ${JSON.stringify(given)} then it is refused in one line`, async () => {
    await assert.rejects(cells(given), (error: Error) => {
      assert.match(error.message, says)
      assert.ok(!error.message.includes('\n'))
      return true
    })
  })
}
