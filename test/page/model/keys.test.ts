import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { GossipEvent } from '../../../src/measure/event.ts'
import { appearanceOf, newestOf } from '../../../src/page/model/appearance.ts'
import { why } from '../../../src/page/model/explain.ts'
import { MAX_ALL_FLIGHTS, MAX_FLIGHTS } from '../../../src/page/model/flights.ts'
import { Model } from '../../../src/page/model/model.ts'
import { compareValues, idOf, nameOf as nameOfValue } from '../../../src/page/model/value-id.ts'
import { MAX_SPREADS } from '../../../src/page/wire.ts'
import { modelOf, nameOf, row, spreadOf, stories } from './story.ts'

interface About {
  readonly key?: string
  readonly timestamp?: number
  readonly at?: number
  readonly node?: number
  readonly value?: string | null
}

function given({ key, timestamp = 7, at = 100, node = 0, value }: About): GossipEvent {
  const said = { ...(key !== undefined && { key }), ...(value !== undefined && { value }) }
  return { at, node: nameOf(node), event: 'updated', type: 'value', timestamp, hops: 0, ...said }
}

function took(about: About & { readonly from?: number }): GossipEvent {
  return { ...given(about), peer: nameOf(about.from ?? 0), hops: 1 }
}

function three(): Model {
  const model = new Model()
  model.rows([0, 1, 2].map((number) => row({ number, address: nameOf(number) })))
  return model
}

test('when two values of one ms spread under two keys then each has its own figures, texts and reasons', () => {
  const model = three()
  const events = [
    given({ key: 'colour', value: 'blue' }),
    given({ key: 'shape', node: 1, at: 101, value: 'round' }),
    took({ key: 'colour', node: 2, at: 105, value: 'blue' }),
    took({ key: 'shape', node: 0, from: 1, at: 120, value: 'round' }),
    took({ key: 'shape', node: 2, from: 1, at: 130, value: 'round' }),
  ]
  for (const it of events) model.see(it)
  const [colour, shape] = model.spreads
  assert.deepEqual([colour!.key, shape!.key], ['colour', 'shape'])
  assert.deepEqual([colour!.had, colour!.took, shape!.had, shape!.took], [2, 5, 3, 29])
  assert.deepEqual([model.textOf(colour!), model.textOf(shape!)], ['blue', 'round'])
  assert.deepEqual([why(colour!, nameOf(1)).has, why(shape!, nameOf(1)).has], [false, true])
  assert.equal(model.of(7), undefined)
  assert.equal(model.of(7, 'shape'), shape)
})

test('when values of many keys spread at once then each is as if it were alone', () => {
  fc.assert(
    fc.property(
      stories('wild'),
      fc.array(stories('calm'), { minLength: 1, maxLength: 4 }),
      (story, others) => {
        const alone = spreadOf(story)
        const more = others.flatMap(({ events }, i) =>
          events.filter((it) => it.event !== 'started').map((it) => ({ ...it, key: `k${i}` })),
        )
        const events = [...story.events, ...more].sort((a, b) => a.at - b.at)
        const model = modelOf({ ...story, events })
        const it = model.of(alone.timestamp)!
        const live = model.live()
        assert.deepEqual(it.figures(live, 12), alone.figures(live, 12))
        assert.deepEqual([it.curve(), it.had, it.isOver], [alone.curve(), alone.had, false])
        const [these, those] = [it, alone].map((spread) =>
          spread.flights.map(({ from, to, sentAt, endedAt, outcome }) => [
            from,
            to,
            sentAt,
            endedAt,
            outcome,
          ]),
        )
        assert.deepEqual(these, those)
      },
    ),
  )
})

test('when a newer value comes then only the one before of its own key is over', () => {
  const model = three()
  for (const it of [
    given({ key: 'a' }),
    given({ key: 'b', timestamp: 8 }),
    given({ key: 'a', timestamp: 9 }),
  ])
    model.see(it)
  assert.deepEqual(
    model.spreads.map((it) => [idOf(it), it.isOver]),
    [
      ['7 a', true],
      ['8 b', false],
      ['9 a', false],
    ],
  )
})

test('when a value is named then by its key and its text, and a deletion says so', () => {
  const model = three()
  model.see(given({ key: 'colour', value: null }))
  const spread = model.last!
  assert.equal(nameOfValue(spread, model.textOf(spread), 1), 'colour deleted')
  assert.equal(nameOfValue({ key: 'colour' }, 'blue', 1), 'colour: blue')
  assert.equal(nameOfValue({ key: '' }, 'blue', 1), 'blue')
  assert.equal(nameOfValue({ key: 'colour' }, undefined, 3), 'colour: value 3')
  assert.equal(nameOfValue({ key: '' }, null, 3), 'deleted')
})

test('when a node starts again with what it had then it holds values of all keys that it held, else none', () => {
  for (const keeps of [true, false]) {
    const model = three()
    for (const it of [given({}), given({ key: 'a', at: 101 }), given({ key: 'b', at: 102, node: 1 })])
      model.see(it)
    model.see({ at: 200, node: nameOf(0), event: 'stopped' })
    model.see({ at: 300, node: nameOf(0), event: 'started', ...(keeps && { timestamp: 7 }) })
    const holders = model.spreads.map((it) => it.holders.has(nameOf(0)))
    assert.deepEqual(holders, [keeps, keeps, false])
  }
})

test('when the newest value is of a key then nodes look as they hold that one, whatever their rows say', () => {
  const model = three()
  model.see(given({ key: 'a', timestamp: 7 }))
  model.rows([0, 1].map((number) => row({ number, address: nameOf(number), timestamp: 7, value: 'x' })))
  const looks = (): string[] => [0, 1].map((it) => appearanceOf(model, nameOf(it), newestOf(model)))
  assert.deepEqual(looks(), ['infected', 'susceptible'])
  model.rows([
    row({ timestamp: 7, value: 'x' }),
    row({ number: 1, address: nameOf(1), timestamp: 9, value: 'y' }),
  ])
  assert.deepEqual(looks(), ['susceptible', 'infected'])
})

test('when more values come than are kept then the one that is looked at stays until it is not', () => {
  const model = three()
  model.see(given({ key: 'a', timestamp: 1 }))
  model.pin(model.last)
  for (let i = 2; i < 2 * MAX_SPREADS; i++) model.see(given({ key: `k${i}`, timestamp: i }))
  assert.equal(model.spreads.length, MAX_SPREADS)
  assert.equal(model.spreads[0]?.key, 'a')
  model.pin(undefined)
  model.see(given({ key: 'z', timestamp: 1000 }))
  assert.equal(model.of(1, 'a'), undefined)
})

test('when many values go round for long then their messages find no more room than there is', () => {
  const model = three()
  const values = MAX_SPREADS
  for (let i = 0; i < values; i++) model.see(given({ key: `k${i}`, timestamp: i + 1 }))
  const all = (): number => model.spreads.reduce((sum, it) => sum + it.flights.length, 0)
  for (let i = 0; i < 2 * MAX_ALL_FLIGHTS; i++) {
    const timestamp = (i % values) + 1
    model.see({ ...took({ key: `k${timestamp - 1}`, timestamp }), event: 'sent' })
  }
  assert.equal(all(), MAX_ALL_FLIGHTS)
  // A newer one drives out as many as it needs.
  model.see(given({ key: 'new', timestamp: 1000 }))
  assert.ok(all() <= MAX_ALL_FLIGHTS - MAX_FLIGHTS)
  for (let i = 0; i < 100; i++) model.see({ ...took({ key: 'new', timestamp: 1000 }), event: 'sent' })
  assert.equal(model.last!.flights.length, 100)
})

test('when values are put in order then by time, those of one ms by their keys', () => {
  const ids = [
    { key: 'b', timestamp: 1 },
    { key: 'a', timestamp: 2 },
    { key: 'a', timestamp: 1 },
  ]
  assert.deepEqual(ids.sort(compareValues).map(idOf), ['1 a', '1 b', '2 a'])
})
