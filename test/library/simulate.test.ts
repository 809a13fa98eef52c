import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type GossipEvent, type SimulateOptions, simulate } from '../../src/library/index.ts'
import { failing, mine, rich } from './strategies.ts'

test('when nothing but a strategy is given then it runs once, on 1000 nodes, and the value reaches all', async () => {
  const results = await simulate({ strategy: 'push' })
  assert.equal(results.length, 1)
  const [{ strategy, nodes, seed, run, residue }] = results as [(typeof results)[0]]
  assert.deepEqual([strategy, nodes, seed, run, residue], ['push', 1000, 1, 0, 0])
})

test('when it is called twice then the results are equal', async () => {
  const asked = { strategy: 'rumor', nodes: 200, runs: 3, seed: 7, loss: 0.1, latency: '5..50' } as const
  assert.deepEqual(await simulate(asked), await simulate(asked))
})

test('when there are several threads then the results are the same, in order', async () => {
  const asked = { strategy: 'push', nodes: 1000, runs: 60 } as const
  const results = await simulate({ ...asked, workers: 2 })
  assert.deepEqual(
    results.map(({ run }) => run),
    Array.from({ length: 60 }, (_, i) => i),
  )
  assert.deepEqual(results, await simulate({ ...asked, trace: () => {} }))
})

test('when there is a membership then its figures are there, the same in any number of threads', async () => {
  const asked = {
    strategy: 'push',
    nodes: 60,
    runs: 8,
    membership: 'cyclon',
    setMembership: { size: 9 },
  } as const
  const results = await simulate({ ...asked, workers: 2 })
  assert.ok(results.every(({ membership, overlay }) => membership === 'cyclon' && overlay?.degree.max === 9))
  assert.deepEqual(results, await simulate({ ...asked, trace: () => {} }))
  await assert.rejects(
    simulate({ ...asked, setMembership: { sise: 9 } }),
    /^Error: options of cyclon: there is no "sise"/,
  )
})

test('when the strategy is an object then it does what the same strategy does as a file', async () => {
  const [object] = await simulate({ strategy: mine, nodes: 100, options: { fanout: 3 } })
  const [file] = await simulate({ strategy: 'push', nodes: 100, options: { fanout: 3 } })
  assert.deepEqual({ ...object, strategy: 'push', options: file!.options }, file)
  assert.equal(object!.strategy, 'strategy')
})

test('when an object has a name then it goes by it', async () => {
  const results = await simulate({ strategy: { ...rich, name: 'rich' }, nodes: 100, runs: 600, rounds: true })
  assert.ok(results.every(({ strategy, residue }) => strategy === 'rich' && residue === 0))
})

test('when the strategy is a file then it is compiled', async (t) => {
  const folder = mkdtempSync(`${tmpdir()}/gossip-library-`)
  t.after(() => rmSync(folder, { recursive: true }))
  const text =
    "import { strategy } from 'gossip/strategy'\nexport default strategy({ summary: 'x', onNewer: (node) => node.sendValue(node.peers) })\n"
  writeFileSync(`${folder}/all.ts`, text)
  const [result] = await simulate({ strategy: `${folder}/all.ts`, nodes: 10 })
  assert.deepEqual([result!.strategy, result!.infected], ['all', 10])
})

test('when there is a scenario then its steps are done, whether named or handed in', async () => {
  const [named] = await simulate({ strategy: 'push', nodes: 20, scenario: 'loss-30-percent' })
  assert.ok(named!.lost > 0)
  const [steps] = await simulate({
    strategy: 'push',
    nodes: 10,
    scenario: [{ at: '1ms', do: 'kill', nodes: '5-' }],
    until: '1m',
  })
  assert.deepEqual([steps!.infected, steps!.faults], [5, 5])
})

test('when it is traced then every event is heard', async () => {
  const events: GossipEvent[] = []
  const [result] = await simulate({ strategy: 'push', nodes: 50, trace: (event) => events.push(event) })
  assert.equal(events.filter(({ event }) => event === 'sent').length, result!.messages)
})

const wrong: [what: string, asked: object | undefined, says: RegExp][] = [
  ['nothing', undefined, /^simulate: undefined must be an object/],
  ['no strategy', {}, /^simulate: strategy is missing: must be the name of a strategy/],
  ['a strategy that is not there', { strategy: 'pusch' }, /no strategy "pusch"; there are: .*push/],
  ['something else for a strategy', { strategy: 5 }, /strategy: .* must be the name/],
  ['an object that is no strategy', { strategy: { onNewer: 5 } }, /strategy: not a strategy: summary/],
  ['a strange name', { strategy: { ...mine, name: 'a b' } }, /strategy.name: .* must be letters/],
  ['a handler that fails', { strategy: failing, nodes: 2 }, /strategy.*no luck.*seed 1, run 0/],
  ['an unknown setting', { strategy: 'push', node: 5 }, /^simulate: there is no node; there are: .*nodes/],
  ['an unknown option', { strategy: 'push', options: { fan: 1 } }, /options of push: .*fan.*fanout/],
  ['a wrong option', { strategy: mine, options: { fanout: 0 } }, /options of strategy: fanout/],
  ['no nodes', { strategy: 'push', nodes: 0 }, /nodes: .* must be a whole number from 1/],
  ['too many nodes', { strategy: 'push', nodes: 1e9 }, /nodes: .* must be a whole number from 1 to 10000000/],
  ['half a run', { strategy: 'push', runs: 0.5 }, /runs: .* must be a whole number from 1/],
  ['a negative seed', { strategy: 'push', seed: -1 }, /seed: .* must be a whole number from 0/],
  ['too much loss', { strategy: 'push', loss: 2 }, /loss: .* must be a probability from 0 to 1/],
  ['a strange latency', { strategy: 'push', latency: 'soon' }, /latency: .* must be ms/],
  ['a strange bandwidth', { strategy: 'push', bandwidth: '5MB' }, /bandwidth: "5MB" must be UP or UP\/DOWN/],
  ['a strange size', { strategy: 'push', size: 'big' }, /size: "big" must be bytes such as 1024/],
  [
    'unknown regions',
    { strategy: 'push', regions: 'mars' },
    /regions: no regions "mars"; there are: ibm-cloud/,
  ],
  ['a strange processing time', { strategy: 'push', processing: -1 }, /processing: .* must be ms/],
  ['bandwidth in rounds', { strategy: 'push', rounds: true, bandwidth: '1Mbit' }, /rounds have no bandwidth/],
  ['regions in rounds', { strategy: 'push', rounds: true, regions: 'ibm-cloud' }, /rounds have no regions/],
  ['processing in rounds', { strategy: 'push', rounds: true, processing: 5 }, /rounds have no processing/],
  [
    'slow nodes in rounds',
    { strategy: 'push', rounds: true, scenario: [{ at: 0, do: 'slow', nodes: 0, factor: 2 }] },
    /can't slow nodes down in rounds/,
  ],
  ['no period', { strategy: 'push', period: 0 }, /period: .* must be at least 1ms/],
  ['an unknown topology', { strategy: 'push', topology: 'moebius' }, /no topology is named "moebius"/],
  ['a misfit', { strategy: 'push', rounds: true, topology: 'real' }, /topology real needs a clock/],
  [
    'a duration in rounds',
    { strategy: 'push', rounds: true, until: '5s' },
    /until: "5s" must be a number of/,
  ],
  ['a strange time', { strategy: 'push', until: 'late' }, /until: .* must be a duration/],
  ['an unknown scenario', { strategy: 'push', scenario: 'flood' }, /no scenario "flood"; there are: /],
  [
    'a wrong step',
    { strategy: 'push', scenario: [{ at: 0, do: 'dance' }] },
    /scenario: step 1: do: .* must be/,
  ],
  ['a scenario that is none', { strategy: 'push', scenario: 5 }, /scenario: .* must be the name/],
  ['a trace file', { strategy: 'push', trace: 'a.jsonl' }, /trace: .* must be a function/],
  ['no threads', { strategy: 'push', workers: 0 }, /workers: .* must be a whole number from 1 to 256/],
]
for (const [what, asked, says] of wrong) {
  test(`when simulate is given ${what} then it says so in one line`, async () => {
    await assert.rejects(simulate(asked as SimulateOptions), ({ message }: Error) => {
      assert.match(message, says)
      assert.ok(!message.includes('\n'))
      return true
    })
  })
}

test('when the topology is a file of edges then the nodes are its own, and others are refused', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'gossip-library-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const topology = join(folder, 'edges, mine.txt')
  writeFileSync(topology, '\ufeff# from 1 on\n1 2\n2 4\n4 4\n')
  const scenario = [{ at: 0, do: 'propagate', node: 4 } as const]
  const nodes: string[] = []
  const trace = ({ event, node }: GossipEvent): void => void (event === 'updated' && nodes.push(node))
  const [run] = await simulate({ strategy: 'flood', topology, scenario, trace })
  assert.deepEqual([run!.nodes, run!.infected], [3, 3])
  assert.deepEqual(nodes, ['n4:7000', 'n2:7000', 'n1:7000'])
  assert.equal((await simulate({ strategy: 'flood', topology, nodes: 3 }))[0]!.nodes, 3)
  await assert.rejects(simulate({ strategy: 'flood', topology, nodes: 5 }), {
    message: `${topology} has 3 nodes, not 5: leave the number of nodes out`,
  })
})
