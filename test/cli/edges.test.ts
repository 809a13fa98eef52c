import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertRefused, freePorts, jsonLines, Running } from './run.ts'
import { runHere } from './run-here.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-edges-'))
  writeFileSync(join(folder, 'snap.txt'), '# FromNodeId\tToNodeId\n3\t9\n9\t3\n9\t27\n27\t27\n81\t27\n')
  writeFileSync(join(folder, 'people.txt'), '% sym\nbob ann\r\nann, eve\r\nhal hal\n')
})
after(() => rmSync(folder, { recursive: true }))

const LEFT_OUT = 'snap.txt: 4 nodes, 3 edges; left out: 1 of a node to itself, 1 that are there before\n'

test('when a file of edges is simulated then its nodes are, by their names, and the first has the value', async (t) => {
  const { code, stdout, stderr } = await runHere(
    t,
    'gossip simulate --strategy flood --topology snap.txt --trace t.jsonl --json',
    { cwd: folder },
  )
  assert.deepEqual([code, stderr], [0, LEFT_OUT])
  const [result] = jsonLines(stdout)
  assert.deepEqual([result.nodes, result.infected], [4, 4])
  const events = jsonLines(readFileSync(join(folder, 't.jsonl'), 'utf8'))
  const took = events.filter((it) => it.event === 'updated').map((it) => it.node)
  assert.deepEqual(took, ['n3:7000', 'n9:7000', 'n27:7000', 'n81:7000'])
  assert.deepEqual(new Set(events.flatMap((it) => it.peer ?? [])), new Set(took))
})

test('when nodes are words then they are called so, and one that only knows itself is said to be apart', async (t) => {
  const { code, stdout, stderr } = await runHere(
    t,
    'gossip simulate --strategy flood --topology people.txt --trace t.jsonl --json',
    { cwd: folder },
  )
  assert.equal(code, 0)
  assert.match(
    stderr,
    /^people\.txt: 4 nodes, 2 edges; left out: 1 of a node to itself\nwarning: .* no way leads to 1 nodes\n$/,
  )
  const [result] = jsonLines(stdout)
  assert.deepEqual([result.nodes, result.infected, result.unreachable], [4, 3, 1])
  const events = jsonLines(readFileSync(join(folder, 't.jsonl'), 'utf8'))
  assert.deepEqual(
    events.filter((it) => it.event === 'started').map((it) => it.node),
    ['ann:7000', 'bob:7000', 'eve:7000', 'hal:7000'],
  )
})

const good: [words: string, nodes: number[]][] = [
  ['simulate --strategy push --topology snap.txt -n 4', [4]],
  ['compare push --runs 1 --topology snap.txt', [4]],
  ['compare push --runs 1 -n 4 --sweep topology=snap.txt,people.txt,ring', [4, 4, 4]],
  ['compare push --runs 1 --sweep topology=snap.txt,ring --sweep loss=0,0.1', [4, 4, 1000, 1000]],
  ['compare push --runs 1 --topology snap.txt --sweep nodes=4', [4]],
]
for (const [words, nodes] of good) {
  test(`when a file of edges is given to ${words} then there are as many nodes as it has`, async (t) => {
    const { code, stdout, stderr } = await runHere(t, `gossip ${words} --json`, { cwd: folder })
    assert.equal(code, 0, stderr)
    assert.deepEqual(
      jsonLines(stdout).map((it) => it.nodes),
      nodes,
    )
    // However many rows have it.
    assert.equal(stderr.split(LEFT_OUT).length, 2)
  })
}

const wrong: [words: string, says: RegExp][] = [
  [
    'simulate --strategy push --topology snap.txt -n 5',
    /^error: snap\.txt has 4 nodes, not 5: leave the number of nodes out\n$/,
  ],
  ['compare push --topology snap.txt --sweep nodes=4,5', /snap\.txt has 4 nodes, not 5/],
  ['compare push -n 7 --sweep topology=ring,snap.txt', /snap\.txt has 4 nodes, not 7/],
  ['cluster --topology snap.txt -n 3', /snap\.txt has 4 nodes, not 3/],
  ['cluster --topology large.txt', /large\.txt has 2001 nodes: a cluster has at most 2000/],
]
for (const [words, says] of wrong) {
  test(`when ${words} asks for other nodes than the file has then one line says so`, async (t) => {
    writeFileSync(
      join(folder, 'large.txt'),
      Array.from({ length: 2000 }, (_, i) => `${i} ${i + 1}`).join('\n'),
    )
    const outcome = await runHere(t, `gossip ${words}`, { cwd: folder })
    assertRefused({ ...outcome, stderr: outcome.stderr.replace(LEFT_OUT, '') }, says)
  })
}

test('when a scenario names nodes of a file then these it is about', async (t) => {
  const played = async (steps: object[], topology: string) => {
    writeFileSync(join(folder, 's.json'), JSON.stringify(steps))
    return runHere(
      t,
      `gossip simulate --strategy flood --topology ${topology} --scenario s.json --trace t.jsonl --json`,
      { cwd: folder },
    )
  }
  const stopped = () =>
    jsonLines(readFileSync(join(folder, 't.jsonl'), 'utf8'))
      .filter((it) => it.event === 'stopped')
      .map((it) => it.node)
  const propagate = (node: string | number) => ({ at: 0, do: 'propagate', node })
  const cases: [nodes: unknown, stopped: string[]][] = [
    [81, ['n81:7000']],
    ['81', ['n81:7000']],
    ['9-27', ['n9:7000', 'n27:7000']],
    [
      ['4-9', '81-'],
      ['n9:7000', 'n81:7000'],
    ],
    ['all', ['n3:7000', 'n9:7000', 'n27:7000', 'n81:7000']],
  ]
  for (const [nodes, names] of cases) {
    const { code, stderr } = await played([propagate(27), { at: 1000, do: 'kill', nodes }], 'snap.txt')
    assert.equal(code, 0, stderr)
    assert.deepEqual(stopped(), names)
  }
  assert.equal(
    (await played([propagate('bob'), { at: 1000, do: 'kill', nodes: ['eve', 'ann'] }], 'people.txt')).code,
    0,
  )
  assert.deepEqual(stopped(), ['ann:7000', 'eve:7000'])
  const refused: [node: string | number, nodes: unknown, says: RegExp][] = [
    [0, 'all', /step 1: node: there is no node 0: the 4 nodes of the file are 3 to 81/],
    [3, 'ann', /step 2: nodes: there is no node "ann": the 4 nodes of the file are 3 to 81/],
    [3, '28-80', /step 2: nodes: "28-80" names no node/],
    [3, [3, 3, 9, 4], /step 2: nodes: there is no node 4/],
  ]
  for (const [node, nodes, says] of refused)
    assert.match((await played([propagate(node), { at: 1000, do: 'kill', nodes }], 'snap.txt')).stderr, says)
  const twice = await played(
    [propagate(27), { at: 1, do: 'kill', nodes: 81 }, { at: 2, do: 'kill', nodes: 81 }],
    'snap.txt',
  )
  assert.match(twice.stderr, /kill at 2: node 81 is dead/)
})

test('when the same edges come in another order, under another name, then an experiment goes on from its results', async (t) => {
  const words = 'gossip simulate --strategy push --json --resume r.jsonl'
  writeFileSync(join(folder, 'one.txt'), '5 7\n7 9\n')
  writeFileSync(join(folder, 'two.txt'), '# the same\n5,7\n7,9')
  writeFileSync(join(folder, 'other.txt'), '5 7\n7 8\n')
  await runHere(t, `${words} --topology one.txt`, { cwd: folder })
  const again = await runHere(t, `${words} --topology two.txt --runs 2`, { cwd: folder })
  assert.deepEqual(
    jsonLines(again.stdout).map((it) => it.run),
    [1],
  )
  assertRefused(
    await runHere(t, `${words} --topology other.txt --runs 2`, { cwd: folder }),
    /of another experiment/,
  )
})

test('when a cluster is given a file of edges then it has as many nodes, and plays a scenario by their names', async (t) => {
  writeFileSync(join(folder, 's.json'), JSON.stringify([{ at: 0, do: 'propagate', node: 'bob' }]))
  writeFileSync(join(folder, 'pair.txt'), 'bob ann\nann eve\n')
  const base = await freePorts(3)
  const cluster = new Running(
    t,
    `gossip cluster --base-port ${base} --topology pair.txt --period 500ms --scenario s.json --json`,
    { cwd: folder },
  )
  const { code, stdout, stderr } = await cluster.ended
  assert.deepEqual([code, stderr], [0, ''])
  const [result] = jsonLines(stdout)
  assert.deepEqual([result.nodes, result.infected, result.hopsLast], [3, 3, 2])
})
