import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_LIMITS } from '../../../src/daemon/limits.ts'
import { check, passes } from '../../../src/experiment/check/check.ts'
import { checkInThreads } from '../../../src/experiment/check/check-parallel.ts'
import { CLAIMS, type Claim } from '../../../src/experiment/check/claims.ts'
import { MAX_LINE } from '../../../src/experiment/check/observe/send-bound.ts'
import { protocol } from '../../../src/gossip/protocol.ts'
import { loadStrategy, locateStrategy } from '../../../src/loader/load.ts'
import { planted } from './check-strategies.ts'

const faults: Record<
  Exclude<keyof typeof planted, 'huge'>,
  { readonly claim: Claim; readonly what: RegExp }
> = {
  echo: { claim: 'sending is bounded', what: /planted, onKnown: / },
  storm: { claim: 'sending is bounded', what: /planted, onKnown: sends too much/ },
  loop: { claim: 'sending is bounded', what: /planted, onNewer: sends without end/ },
  dice: { claim: 'no own clock, dice or I/O', what: /planted, onPeriod: uses Math\.random/ },
  clock: { claim: 'no own clock, dice or I/O', what: /planted, onPeriod: uses Date\.now/ },
  'quiet dice': { claim: 'no own clock, dice or I/O', what: /planted: uses Math\.random/ },
  timer: { claim: 'no own clock, dice or I/O', what: /planted, onPeriod: uses setTimeout/ },
  variable: { claim: 'deterministic', what: /another run the second time: event \d+ .*n\d+:7000/ },
  forgetful: { claim: 'reaches all', what: /1 of 32 nodes \(31\) .*nobody sent it to them/ },
  text: { claim: 'messages keep their schemas', what: /planted, onPeriod: message count .*number/ },
  set: { claim: 'messages keep their schemas', what: /onPeriod: message seen .*nodes was a Set/ },
  'not a number': { claim: 'messages keep their schemas', what: /value carries .*weight was NaN/ },
  writing: {
    claim: 'what is received stays as it was',
    what: /onMessage\.gossip: writes to fields\.seen\.0.*copy it/,
  },
  'quiet writing': {
    claim: 'what is received stays as it was',
    what: /onNewer: writes to carried\.deep\.list\.length/,
  },
  'quiet refusal': { claim: 'messages keep their schemas', what: /planted, onPeriod: message count refused/ },
  'options written': {
    claim: 'what is received stays as it was',
    what: /onPeriod: writes to options\.list\.1/,
  },
  transformed: { claim: 'messages keep their schemas', what: /message count .*number was 2 .* as 3/ },
  once: { claim: 'reaches all after a partition', what: /nobody sent anything any more when the partition/ },
  throwing: { claim: 'handlers do not fail', what: /planted, onKnown: broken/ },
  holiday: { claim: 'handlers do not fail', what: /planted, onKnown: goes on holiday/ },
  'late answer': { claim: 'handlers do not fail', what: /planted, interested: is async/ },
  thenable: { claim: 'handlers do not fail', what: /planted, onKnown: is async/ },
  late: { claim: 'handlers do not fail', what: /planted, onPeriod: is async/ },
  'one state': { claim: 'nodes share nothing', what: /planted, state: gives nodes 0 and 1 the same object/ },
  'kept node': { claim: 'nodes share nothing', what: /planted, onPeriod: uses another node than its own/ },
  polluting: { claim: 'nodes share nothing', what: /planted: changes Array\.prototype\.last/ },
  'one more': { claim: 'sending is bounded', what: /sends more and more: .* in periods 50 to 100, / },
  'longer text': { claim: 'sending is bounded', what: /a message note grows longer and longer: / },
  diary: { claim: 'state is bounded', what: /state\(\) holds more and more: / },
  'more timers': { claim: 'state is bounded', what: /more and more timers wait: / },
  'late throw': { claim: 'handlers do not fail', what: /planted, onPeriod: has never come so far/ },
  'to nobody': { claim: 'handlers do not fail', what: /planted, onNewer: sends to null, which is no peer/ },
  'never alone': {
    claim: 'handlers do not fail',
    what: /onPeriod: sends to undefined.* a node that knows nobody/,
  },
  'tried code': { claim: 'no own clock, dice or I/O', what: /planted: uses Function: / },
  'tried world': { claim: 'no own clock, dice or I/O', what: /planted.*: uses globalThis: / },
  'says nothing': {
    claim: 'handlers do not fail',
    what: /planted, onKnown: threw what says nothing of itself/,
  },
  'item written': { claim: 'what is received stays as it was', what: /onPeriod: writes to item\.state/ },
  'items sorted': { claim: 'what is received stays as it was', what: /onPeriod: writes to items\.0/ },
  'names cut': {
    claim: 'what is received stays as it was',
    what: /onMessage\.have: writes to lacks\(\)\.length/,
  },
  'question writes': {
    claim: 'what is received stays as it was',
    what: /planted, interested: writes to item\.state\.asked/,
  },
  'kept item': { claim: 'handlers do not fail', what: /planted, onPeriod: uses an item after the handler/ },
  'one item state': { claim: 'nodes share nothing', what: /planted, item: gives two values the same object/ },
  'names kept': { claim: 'state is bounded', what: /state\(\) holds more and more: .*a new value every 10/ },
  'longer memory': { claim: 'state is bounded', what: /item\(\) holds more and more: / },
  'first value': { claim: 'reaches all of many values', what: /of 12 nodes .*are without a value/ },
  'by keys': {
    claim: 'nothing deleted comes back',
    what: /\d of 12 nodes \(.*\) have a value that was deleted \(key \d/,
  },
  restless: { claim: 'sending is bounded', what: /interested: 32 nodes are still interested/ },
}

for (const [name, { claim, what }] of Object.entries(faults)) {
  test(`when a strategy is planted with the fault "${name}" then the check finds it`, () => {
    const results = check(protocol('planted', planted[name as keyof typeof planted]), { seeds: 2 })
    assert.deepEqual(
      results.map((it) => it.claim),
      CLAIMS,
    )
    const found = results.find((it) => it.claim === claim)!
    assert.equal(found.verdict, 'violated', JSON.stringify(results))
    assert.equal(found.firstSeed, 1)
    assert.match(found.what, what)
    assert.match(found.replay!, /^bin\/gossip (check planted|simulate --strategy planted) .*--seed 1 /)
    assert.equal(passes(results), false)
  })
}

for (const name of ['dice', 'clock'] as const) {
  test(`when a strategy has the fault "${name}" then it is still told whether the value reaches all`, () => {
    const results = check(protocol('planted', planted[name]), { seeds: 1 })
    const verdict = (claim: Claim) => results.find((it) => it.claim === claim)!.verdict
    assert.equal(verdict('reaches all'), 'holds')
    assert.equal(verdict('deterministic'), name === 'dice' ? 'violated' : 'holds')
  })
}

for (const name of ['push', 'pull', 'push-pull', 'plumtree', 'gossipsub']) {
  test(`when ${name} is checked then every claim holds, with 12 nodes too`, async () => {
    for (const nodes of [12, 32]) {
      const results = check(await loadStrategy(name), { seeds: 4, nodes })
      assert.deepEqual(
        results.filter((it) => it.verdict !== 'holds').map((it) => it.claim),
        // That takes a file.
        ['nodes share nothing'],
      )
    }
  })
}

test('when push-sum is checked then it is not asked to spread a value', async () => {
  const results = check(await loadStrategy('push-sum'), { seeds: 2 })
  assert.ok(passes(results))
  assert.deepEqual(
    results.map((it) => it.verdict === 'skipped'),
    CLAIMS.map((it) => it.startsWith('reaches') || it.startsWith('nothing') || it === 'nodes share nothing'),
  )
})

test('when silent is checked then nothing reaches anyone, and that is no estimate', async () => {
  const results = check(await loadStrategy('silent'), { seeds: 1 })
  assert.equal(results.filter((it) => it.verdict === 'violated').length, 5)
})

test('when a residue is allowed then the mean over the seeds is judged', async () => {
  const rumor = await loadStrategy('rumor')
  const whole = (residue: number) =>
    check(rumor, { seeds: 8, residue }).find(({ claim }) => claim === 'reaches all')!
  assert.equal(whole(0).verdict, 'violated')
  assert.equal(whole(0.05).verdict, 'holds')
})

test('when seeds are spread over threads then the verdict is the same', async () => {
  const settings = { seeds: 12, seed: 3 }
  const strategy = locateStrategy('infect-and-die')
  const checked = { strategy, which: 'infect-and-die', set: { fanout: 2 } }
  const [one, two] = await Promise.all(
    [1, 2].map((workers) => checkInThreads(checked, settings, { workers })),
  )
  assert.deepEqual(one, two)
})

test('when a message is too long for a node then the check says so, with the limit that nodes have', () => {
  assert.equal(MAX_LINE, DEFAULT_LIMITS.maxLine)
  const results = check(protocol('planted', planted.huge), { seeds: 1 })
  const found = results.find(({ claim }) => claim === 'sending is bounded')!
  assert.match(found.what, /planted, onPeriod: sends a message note of 20\d{5} bytes: nodes take .* 65536/)
})

test('when a check is over then clocks and dice are as before', () => {
  const now = () => [Math.random, globalThis.Date, setTimeout, queueMicrotask, process, console, fetch]
  const before = now()
  check(protocol('planted', planted.dice), { seeds: 1 })
  assert.deepEqual(now(), before)
  assert.ok(performance.now() > 0)
})
