import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { PlainEvents } from '../../src/loader/plain-event.ts'
import { Words } from '../../src/loader/words.ts'
import { EVENT_NAMES, eventSchema, type GossipEvent } from '../../src/measure/event.ts'

const number = fc.oneof(
  fc.integer(),
  fc.nat(5),
  fc.double(),
  fc.constantFrom(-0, 1e21, 123456789012345680, 0.1),
)
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('', 'n1:7000'),
)

const events = fc.record(
  {
    at: number,
    node: text,
    event: fc.constantFrom(...EVENT_NAMES),
    peer: text,
    type: fc.constantFrom('value', 'ihave'),
    timestamp: number,
    key: text,
    load: fc.constant(true as const),
    hops: number,
    bytes: number,
    copies: number,
    value: fc.option(text),
    name: text,
    number,
    period: fc.nat(),
    text,
    how: fc.constant('killed' as const),
    strategy: text,
    run: number,
  },
  { requiredKeys: ['at', 'node', 'event'] },
)

/** What the schema makes of that line. */
function parsed(line: string): GossipEvent | undefined {
  try {
    return eventSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

function read(line: string, before = '', end = '\n'): GossipEvent | undefined {
  return new PlainEvents(new Words()).read(Buffer.from(`${before}${line}${end}`), Buffer.byteLength(before))
}

/** In any order, as other programs may write them. */
const shuffled = events.chain((it) =>
  fc
    .shuffledSubarray(Object.entries(it), { minLength: Object.keys(it).length })
    .map((all) => Object.fromEntries(all)),
)

test('when an event is read without a parser for all of JSON then it is what the schema makes of its line', () => {
  fc.assert(
    fc.property(
      shuffled,
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom('', 'before\n'),
      (it, end, before) => {
        const line = JSON.stringify(it)
        const event = read(line, before, end)
        if (event !== undefined) assert.deepEqual(event, parsed(line))
      },
    ),
  )
})

test('when lines are as a trace and a watch write them then each is read at once', () => {
  const about = {
    at: 3.8115609837695956,
    node: 'n0:7000',
    event: 'sent',
    peer: 'n1:7000',
    type: 'value',
  } as const
  const lines: GossipEvent[] = [
    { at: 0, node: 'n0:7000', event: 'started', number: 0 },
    { at: 1764000000000, node: '10.0.0.1:7000', event: 'peer-up', peer: '10.0.0.2:7000' },
    { ...about, timestamp: 1764000000000, hops: 1, bytes: 96 },
    { ...about, event: 'received', timestamp: 0, hops: 1 },
    { ...about, event: 'updated', timestamp: 0, hops: 1, value: null },
    { ...about, timestamp: 0, hops: 1, key: 'k', bytes: 96, copies: 2 },
    {
      at: 1,
      node: 'n',
      event: 'updated',
      type: 'value',
      timestamp: 1,
      load: true,
      value: 'x',
      strategy: 'push',
      run: 3,
    },
  ]
  for (const it of lines) assert.deepEqual(read(JSON.stringify(it)), it)
})

test('when a line is changed anywhere then it is read as the schema reads it, or not at all', () => {
  const line =
    '{"at":12.5,"node":"n0:7000","event":"sent","peer":"n1:7000","timestamp":17,"load":true,"value":null}'
  const strange = fc.constantFrom(
    '"',
    ',',
    '{',
    '}',
    ':',
    '\\',
    '\\u0041',
    ' ',
    '\t',
    '0',
    '-',
    '.',
    'e',
    'n',
    '\u00e9',
    '1e999',
    'null',
    '\n',
  )
  fc.assert(
    fc.property(fc.nat(line.length), fc.nat(3), strange, (at, removed, put) => {
      const changed = `${line.slice(0, at)}${put}${line.slice(at + removed)}`
      const event = read(changed)
      const first = changed.split('\n', 1)[0]!
      if (event !== undefined) assert.deepEqual(event, parsed(first))
    }),
    { numRuns: 2000 },
  )
})

test('when a file names more texts than are kept then they are read all the same', () => {
  const words = new Words(2)
  const plain = new PlainEvents(words)
  for (const node of ['a', 'b', 'c', 'a', 'd', 'b'])
    assert.equal(plain.read(Buffer.from(`{"at":0,"node":"${node}","event":"log"}`), 0)?.node, node)
})
