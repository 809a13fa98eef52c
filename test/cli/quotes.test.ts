import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { compare, measure, simulate, startNode } from '../../src/library/index.ts'
import { loadLocated, locateStrategy } from '../../src/loader/load.ts'
import { checkSettings } from '../../src/loader/population.ts'
import { parseScenario } from '../../src/scenario/scenario.ts'
import { assertRefused, run } from './run.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-quotes-'))
})
after(() => rmSync(folder, { recursive: true }))

const WORDS = 'propagate, partition, cut, heal, kill, restart, pause, resume, join, slow, load or network'
const steps: [step: unknown, says: string | RegExp][] = [
  [{ at: 0, do: 'explode' }, `step 1: do: "explode" must be ${WORDS}`],
  [{ at: 0, do: 5 }, `step 1: do: 5 must be ${WORDS}`],
  [{ at: 0 }, `step 1: do is missing: must be ${WORDS}`],
  ['kill', 'step 1: "kill" must be a step such as {"at":"5s","do":"heal"}'],
  [{ at: 'soon', do: 'heal' }, /^step 1: at: "soon" must be a duration/],
  [{ at: -1, do: 'heal' }, 'step 1: at: -1 must be a time such as "5s", or a number'],
  [{ do: 'heal' }, 'step 1: at is missing: must be a time such as "5s", or a number'],
  [{ at: 0, do: 'kill', nodes: 'some' }, /^step 1: nodes: "some" must be a node's number, a range/],
  [{ at: 0, do: 'kill', nodes: -3 }, /^step 1: nodes: -3 must be a node's number/],
  [{ at: 0, do: 'kill' }, /^step 1: nodes is missing: must be a node's number/],
  [{ at: 0, do: 'propagate', node: true }, /^step 1: node: true must be the number of a node/],
  [{ at: 0, do: 'propagate', node: 'ann' }, `step 1: node: "ann" must be a node's number`],
  [{ at: 0, do: 'propagate', node: 0, value: 7 }, 'step 1: value: 7 must be text'],
  [{ at: 0, do: 'restart', nodes: 0, state: 'new' }, 'step 1: state: "new" must be "kept" or "lost"'],
  [{ at: 0, do: 'network', loss: 2 }, 'step 1: loss: 2 must be a probability from 0 to 1'],
  [{ at: 0, do: 'network', latency: 'slow' }, /^step 1: latency: "slow" must be ms such as 5/],
  [{ at: 0, do: 'partition', groups: 'thirds' }, /^step 1: groups: "thirds" must be a list of groups/],
  [{ at: 0, do: 'heal', nodes: 1 }, 'step 1: there is no "nodes"'],
  [{ at: 0, do: 'x'.repeat(500) }, `step 1: do: "${'x'.repeat(40)}..." must be ${WORDS}`],
]
for (const [step, says] of steps) {
  test(`when a step is ${JSON.stringify(step).slice(0, 60)} then the error quotes what is wrong with it`, () => {
    assert.throws(() => parseScenario([step], { nodes: 10, rounds: false }), { message: says })
  })
}

const FANOUT = /^options of push: fanout: "many" must be a number \(it has: fanout\)$/
const calls: [call: () => unknown, says: RegExp][] = [
  [() => simulate({ strategy: 'push', options: { fanout: 'many' } }), FANOUT],
  [
    () => simulate({ strategy: 'push', nodes: 'many' } as never),
    /^simulate: nodes: "many" must be a whole number from 1 to 10000000$/,
  ],
  [() => simulate({ strategy: 'push', nodes: 0 }), /^simulate: nodes: 0 must be a whole number from 1 to/],
  [() => simulate({ strategy: 'push', loss: -1 }), /^simulate: loss: -1 must be a probability from 0 to 1$/],
  [() => simulate({ strategy: 'push', latency: 'slow' }), /^simulate: latency: "slow" must be ms such as 5/],
  [
    () => simulate({ strategy: 'push', topology: 'moon' }),
    /^simulate: topology: no topology is named "moon"/,
  ],
  [() => simulate({ strategy: 'push', period: 'often' }), /^simulate: period: "often" must be a duration/],
  [() => simulate({ strategy: 'push', until: 'late' }), /^simulate: until: "late" must be a duration/],
  [() => simulate({ strategy: 'push', trace: 5 } as never), /^simulate: trace: 5 must be a function$/],
  [() => simulate(7 as never), /^simulate: 7 must be an object$/],
  [
    () => compare({ strategies: 'push' } as never),
    /^compare: strategies: "push" must be a list of strategies$/,
  ],
  [() => compare({ strategies: ['push'], sweep: { loss: [0, 7] } }), /^loss: 7 must be a probability/],
  [
    () => measure([{ at: 'now', node: 'a', event: 'sent' }] as never),
    /^measure: event 0: at: "now" must be a number$/,
  ],
  [
    () => measure([{ at: 0, node: 'a', event: 'sang' }] as never),
    /^measure: event 0: event: "sang" must be "sent" or/,
  ],
  [() => startNode({ port: 70000 }), /^startNode: port: 70000 must be a port from 0 to 65535$/],
  [() => startNode({ join: 'no where' }), /^startNode: join.0: "no where" is not host or host:port$/],
  [() => startNode({ log: 'loud' } as never), /^startNode: log: "loud" must be "debug" or/],
  [() => startNode({ limits: { maxPeers: 0 } }), /^startNode: limits: maxPeers must be .*, not "0"$/],
]
for (const [call, says] of calls) {
  test(`when the library is called so that it says ${says} then it quotes what was given`, async () => {
    await assert.rejects(async () => call(), { message: says })
  })
}

const commands: [command: string, env: Record<string, string>, says: RegExp][] = [
  [
    'gossip simulate --strategy push --set fanout=many',
    {},
    /^error: options of push: fanout: "many" must be a number/,
  ],
  ['gossip simulate --strategy push --nodes many', {}, /argument 'many' is invalid\. must be a whole number/],
  ['gossip simulate --strategy push --expect resi<=1', {}, /"resi" is no figure/],
  ['gossip simulate --strategy explode', {}, /no strategy "explode"/],
  ['gossip simulate --strategy push --scenario explode', {}, /no scenario "explode"/],
  ['gossip compare push --sweep loss=0,7', {}, /loss: 7 must be a probability/],
  ['gossip compare push --sweep fanout=1,2,1', {}, /names 1 twice/],
  [
    'gossip cluster',
    { GOSSIP_PERIOD: 'often' },
    /value 'often' from env 'GOSSIP_PERIOD' is invalid\. must be a duration/,
  ],
  ['gossip cluster', { GOSSIP_NODES: '0' }, /value '0' from env 'GOSSIP_NODES' is invalid/],
  ['gossip cluster', { GOSSIP_SET: 'fanout=many' }, /options of push: fanout: "many" must be a number/],
  ['gossip cluster', { GOSSIP_LIMIT: 'maxPeers=none' }, /maxPeers must be .*, not "none"/],
  ['gossip cluster', { GOSSIP_TOPOLOGY: 'moon' }, /no topology is named "moon"/],
  ['gossip node', { GOSSIP_JOIN: 'a:b:c' }, /"a:b:c" is not host or host:port/],
  ['gossip node', { GOSSIP_SUBNET: '8.8.8.8' }, /"8\.8\.8\.8" is not an IPv4 network/],
  [`gossip simulate --strategy push --nodes ${'9'.repeat(5000)}`, {}, /argument '9{60}\.\.\.' is invalid/],
  [`gossip simulate --strategy ${'x'.repeat(5000)}`, {}, /no strategy "x{40}\.\.\."/],
]
for (const [command, env, says] of commands) {
  const shown = `${command.slice(0, 80)} ${Object.entries(env)}`
  test(`when ${shown} is typed then the error quotes what was given`, async (t) => {
    assertRefused(await run(t, command, { env, cwd: folder }), says)
  })
}

test('when strategies are named several times then an error names each once', async () => {
  const located = ['push', 'push', 'pull', 'push'].map((it) => locateStrategy(it))
  await Promise.all(located.map((it) => loadLocated(it)))
  await assert.rejects(checkSettings(located, { nope: 1 }), {
    message: 'no option nope: push has fanout; pull has fanout',
  })
})

test('when a strategy has a mistake then the line that says so names it once', async (t) => {
  writeFileSync(join(folder, 'wrong.ts'), 'export default 5\n')
  writeFileSync(
    join(folder, 'typed.ts'),
    "import { strategy } from 'gossip/strategy'\nexport default strategy({ sumary: 'x' })\n",
  )
  for (const name of ['wrong', 'typed']) {
    const { code, stderr } = await run(t, `gossip simulate --strategy ./${name}.ts -n 5`, { cwd: folder })
    assert.equal(code, 1)
    assert.equal(stderr.split(name).length, 2, stderr)
  }
})
