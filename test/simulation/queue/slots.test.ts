import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Records } from '../../../src/simulation/queue/records.ts'
import { Chunks, Slots } from '../../../src/simulation/queue/slots.ts'

const SLOTS = 50

test('when slots are filled and emptied again and again then each gives what came to it, in that order', () => {
  const chunks = new Chunks<string>()
  const rims = [new Slots(SLOTS, chunks), new Slots(SLOTS, chunks)]
  const kept = rims.map(() => Array.from({ length: SLOTS }, (): number[] => []))
  for (let i = 0; i < 60_000; i++) {
    const [rim, slot] = [i % 2, (i * i) % SLOTS]
    rims[rim]!.add(slot, i / 64, i, -i, `item ${i}`)
    kept[rim]![slot]!.push(i)
    if (i % 1000 !== 999) continue
    const emptied = i % 7 === 0 ? SLOTS - 1 : (i * 31) % SLOTS
    const records = new Records<string>()
    const expected = kept[rim]![emptied]!.splice(0)
    assert.equal(rims[rim]!.isEmpty(emptied), expected.length === 0)
    assert.equal(rims[rim]!.move(emptied, records), expected.length)
    assert.equal(rims[rim]!.isEmpty(emptied), true)
    assert.deepEqual(
      records.items.slice(0, records.count),
      expected.map((it) => `item ${it}`),
    )
    assert.deepEqual(
      expected.map((_, place) => records.timeOf(place) * 64),
      expected,
    )
  }
})
