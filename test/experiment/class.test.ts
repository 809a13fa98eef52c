/** A class has handed in some files: some are wrong, each in its way, and some are right. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { test } from 'node:test'
import { CLAIMS, type Claim } from '../../src/experiment/check/claims.ts'
import { jsonLines, root, run } from '../cli/run.ts'

const wrong: Readonly<Record<string, readonly [Claim, RegExp]>> = {
  'rolls-its-own-dice': ['no own clock, dice or I/O', /onPeriod: uses Math\.random: .*\.ts:5:\d+/],
  'tries-the-clock': ['no own clock, dice or I/O', /as it is loaded.*: uses Date\.now: /],
  'remembers-for-everyone': ['nodes share nothing', /the file for itself.*event \d+ is another/],
  'writes-on-the-letter': ['what is received stays as it was', /onMessage\.list: writes to fields\.have\./],
  'takes-a-sender-for-granted': ['handlers do not fail', /onNewer: sends to null, which is no peer .*:6:\d+/],
  'answers-every-answer': ['sending is bounded', /sends too much|goes on sending/],
  'sends-one-more-each-time': ['sending is bounded', /sends more and more: 8 messages a node in periods 50/],
  'carries-its-whole-history': ['sending is bounded', /a message value grows longer and longer: .* bytes/],
  'tells-the-first-three': ['reaches all', /nobody sent it to them/],
  'gives-up-after-five': ['reaches all after a partition', /nobody sent anything any more/],
  'tells-the-first-value': ['reaches all of many values', /are without a value \(key \d+, .*sent it to them/],
  'asks-by-keys': ['nothing deleted comes back', /have a value that was deleted \(key \d, /],
  'notes-who-told': ['state is bounded', /item\(\) holds more and more: .* things a node/],
  'remembers-every-name': ['state is bounded', /state\(\) holds more and more: .* with a new value every 10/],
  'waits-ever-more': ['state is bounded', /more and more timers wait/],
  'keeps-an-item': ['handlers do not fail', /onPeriod: uses an item after the handler that got it/],
  'answers-by-a-variable': ['nodes share nothing', /the file for itself/],
}
const folder = 'test/experiment/class'
const names = readdirSync(`${root}${folder}`)
  .filter((it) => it.endsWith('.ts'))
  .map((it) => it.replace('.ts', ''))

/** The lines of each, by name. */
// biome-ignore lint/suspicious/noExplicitAny: JSON
async function check(t: Parameters<typeof run>[0], which: readonly string[]): Promise<Map<string, any[]>> {
  const files = which.map((it) => `${folder}/${it}.ts`)
  const { code, stdout, stderr } = await run(t, `gossip check ${files.join(' ')} --seeds 2 --nodes 16 --json`)
  assert.equal(stderr, '')
  const lines = jsonLines(stdout)
  assert.equal(code, lines.some((it) => it.verdict === 'violated') ? 1 : 0)
  const ofFiles = files.map((file) => lines.filter((it) => it.file === file))
  return new Map(which.map((name, i) => [name, ofFiles[i]!]))
}

test('when a class has handed in files then some are wrong and some are right', () => {
  assert.ok(names.length > Object.keys(wrong).length)
  assert.deepEqual(
    Object.keys(wrong).filter((it) => !names.includes(it)),
    [],
  )
})

test('when the right ones of a class are checked then nothing is found', async (t) => {
  const right = names.filter((it) => wrong[it] === undefined)
  for (const [name, results] of await check(t, right)) {
    const found = results.filter((it) => it.verdict !== 'holds')
    assert.deepEqual([name, results.length, found], [name, CLAIMS.length, []])
  }
})

test('when the wrong ones of a class are checked then each is told what is wrong with it', async (t) => {
  for (const [name, results] of await check(t, Object.keys(wrong))) {
    const [claim, says] = wrong[name]!
    const found = results.find((it) => it.claim === claim)
    assert.equal(found?.verdict, 'violated', name)
    assert.match(found.what, says, name)
  }
})
