import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionOf } from '../../src/gossip/value.ts'
import { place } from '../strategy/recording-host.ts'
import { value } from './build.ts'

const quiet = { summary: 'Does nothing.' }
const LATEST = 1_060_000

const questions = [
  { what: 'the version it holds', version: versionOf(value('m', 7)), lacks: false },
  { what: 'a newer version', version: versionOf(value('a', 8)), lacks: true },
  { what: 'an older version', version: versionOf(value('z', 6)), lacks: false },
  { what: 'another version of the same ms', version: versionOf(value('z', 7)), lacks: true },
  { what: 'the latest version it would take', version: versionOf(value('a', LATEST)), lacks: true },
  { what: 'a version it would refuse', version: versionOf(value('a', LATEST + 1)), lacks: false },
  { what: 'junk', version: 'junk', lacks: false },
  { what: 'no text', version: '', lacks: false },
]
for (const { what, version, lacks } of questions) {
  test(`when a node holds m of time 7 and is asked for ${what} then lacks is ${lacks}`, () => {
    const { node } = place(quiet, { holds: value('m', 7) })
    assert.equal(node.lacks(version), lacks)
  })
}

test('when a node holds nothing then it lacks every version but those it would refuse', () => {
  const { node } = place(quiet)
  assert.equal(node.lacks(versionOf(value('', 0))), true)
  assert.equal(node.lacks(versionOf(value('', LATEST + 1))), false)
  assert.equal(node.lacks('junk'), false)
})

test('when two nodes hold different values of the same ms then each lacks the other, so one of them learns', () => {
  const [low, high] = ['a', 'b'].map((text) => place(quiet, { holds: value(text, 7) }).node)
  assert.ok(low!.lacks(high!.version!))
  assert.ok(high!.lacks(low!.version!))
})
