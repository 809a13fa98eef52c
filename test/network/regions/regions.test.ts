import assert from 'node:assert/strict'
import { test } from 'node:test'
import { namesOn } from '../../../src/loader/json-files.ts'
import { loadRegions } from '../../../src/loader/regions.ts'
import { roundTrip } from '../../../src/network/cost/round-trip.ts'
import { Distances, parseRegions, regionsOf } from '../../../src/network/regions/regions.ts'

const TWO = {
  regions: [
    { name: 'here', share: 3 },
    { name: 'there', share: 1 },
  ],
  ms: [
    [1, 50],
    [70, 2],
  ],
}

test('when nodes are dealt out then each region has its share of them, in the order of the file', () => {
  const two = parseRegions(TWO, 'two')
  assert.deepEqual([...regionsOf(two, 8)], [0, 0, 0, 0, 0, 0, 1, 1])
  assert.deepEqual([...regionsOf(two, 1)], [0])
  assert.deepEqual([...regionsOf(two, 2)], [0, 0])
  const alike = parseRegions({ ...TWO, regions: [{ name: 'here' }, { name: 'there' }] }, 'alike')
  assert.deepEqual([...regionsOf(alike, 5)], [0, 0, 0, 1, 1])
})

test('when two nodes are in regions then they are as far apart as the file says, each way for itself', () => {
  const distances = new Distances(parseRegions(TWO, 'two'), 4)
  assert.deepEqual(
    [0, 3].map((from) => [0, 3].map((to) => distances.between(from, to))),
    TWO.ms,
  )
  assert.equal(distances.longest, 70)
})

test('when a round trip is asked for then it is the way there and back, and twice the mean latency', () => {
  const distances = new Distances(parseRegions(TWO, 'two'), 4)
  const none = { kind: 'constant', ms: 0 } as const
  assert.equal(roundTrip({ distances, latency: none }, 0, 3), 120)
  assert.equal(roundTrip({ distances, latency: none }, 0, 1), 2)
  assert.equal(roundTrip({ distances, latency: { kind: 'uniform', from: 1, to: 10 } }, 3, 0), 131)
  assert.equal(roundTrip({ distances: undefined, latency: { kind: 'constant', ms: 5 } }, 0, 1), 10)
  const logNormal = { kind: 'log-normal', median: 20, sigma: 0.5 } as const
  assert.equal(roundTrip({ distances: undefined, latency: logNormal }, 0, 1), 40 * Math.exp(0.125))
})

const bad: [json: unknown, says: RegExp][] = [
  [[], /must be an object/],
  [{}, /regions is missing: must be a list of regions/],
  [{ ...TWO, regions: [] }, /regions/],
  [{ ...TWO, ms: [[1, 2]] }, /ms has to be 2 rows of 2 numbers, as there are 2 regions/],
  [{ ...TWO, ms: [[1], [2]] }, /ms has to be 2 rows of 2 numbers/],
  [
    {
      ...TWO,
      ms: [
        [1, -2],
        [3, 4],
      ],
    },
    /ms\.0\.1: -2 must be at least 0/,
  ],
  [
    {
      ...TWO,
      ms: [
        [1, 'far'],
        [3, 4],
      ],
    },
    /ms\.0\.1: "far" must be a number/,
  ],
  [{ ...TWO, regions: [{ name: 'a', share: 0 }, { name: 'b' }] }, /regions\.0\.share: 0 must be more than 0/],
  [{ ...TWO, regions: [{ name: 'a', weight: 2 }, { name: 'b' }] }, /there is no "weight"/],
  [{ ...TWO, regions: [{ name: 'a' }, { name: 'a' }] }, /two regions are called "a"/],
  [{ ...TWO, delay: 5 }, /there is no "delay"/],
]
for (const [json, says] of bad) {
  test(`when a file of regions is ${JSON.stringify(json).slice(0, 60)} then it is refused in one line: ${says.source}`, () =>
    assert.throws(
      () => parseRegions(json, 'some.json'),
      ({ message }: Error) => {
        assert.match(message, says)
        assert.match(message, /^some\.json: [^\n]+$/)
        return true
      },
    ))
}

for (const name of namesOn({ folder: 'src/network/regions/' })) {
  test(`when the regions ${name} are loaded then they name their source, and both ways take about as long`, () => {
    const { source, regions, ms, title } = loadRegions(name)
    assert.equal(title, name)
    assert.match(source ?? '', /https:\/\//)
    assert.ok(regions.length >= 5)
    for (const [i, row] of ms.entries()) {
      for (const [j, it] of row.entries()) {
        assert.ok(Math.abs(it - ms[j]![i]!) <= 3, `${regions[i]!.name} to ${regions[j]!.name}`)
        // Nowhere is nearer than a node of one's own region.
        assert.ok(it >= row[i]!, `${regions[i]!.name} to ${regions[j]!.name}`)
      }
    }
  })
}

test('when regions are named that do not exist then it is said which there are', () => {
  assert.throws(
    () => loadRegions('mars'),
    /no regions "mars"; there are: ibm-cloud \(or the path of a JSON file\)/,
  )
  assert.throws(() => loadRegions('./mars.json'), /no file \.\/mars\.json/)
})
