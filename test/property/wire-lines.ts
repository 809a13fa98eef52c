/** What a stranger might write to a node: lines by the book, nearly so, and nothing of the kind. */
import fc from 'fast-check'

const NEWLINE = Buffer.from('\n')

/** Nobody listens on port 1 there; what is not on loopback must never be learnt, and leads nowhere. */
const peer = fc.nat(40).map((n) => `127.9.${n % 7}.${n}:1`)
const oddAddress = fc.constantFrom(
  '0.0.0.0:1',
  '224.0.0.1:1',
  '[ff02::1]:1',
  '[::]:1',
  '127.1:1',
  '127.0.0.1:0',
  '127.0.0.1:65536',
  '127.0.0.1',
  ':1',
  '',
  '__proto__:1',
  `${'a'.repeat(300)}:1`,
  '127.9.9.9:1\n',
  '127.9.9.9:1\0',
)
const timestamp = fc.oneof(
  { weight: 8, arbitrary: fc.nat(60) },
  { weight: 1, arbitrary: fc.constantFrom(Number.MAX_SAFE_INTEGER, 4_102_444_800_000) },
)
const text = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.constantFrom('', 'a', 'aa', 'b', 'é', '😀', '\uffff', '\0', '\n', '__proto__', '\ud800'),
  },
  { weight: 20, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => 'x'.repeat(32_760 + 4 * n)) },
)
const key = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('k', 'a/b', '\n', '__proto__', '\ud800', 'ä'.repeat(128), '') },
  { weight: 1, arbitrary: fc.constantFrom('ä'.repeat(129), 'x'.repeat(257)) },
)
const row = fc.record({ address: peer, heartbeat: fc.nat() })
const rows = fc.array(row, { maxLength: 6 })

const value = fc.record(
  {
    type: fc.constant('value'),
    key,
    value: fc.option(text, { freq: 9 }),
    timestamp,
    from: peer,
    peers: rows,
    hops: fc.nat(9),
  },
  { requiredKeys: ['type', 'value', 'timestamp'] },
)
const contact = fc.record({ type: fc.constantFrom('hi', 'hi', 'bye'), from: peer, peers: rows })
const name = fc.oneof(
  {
    weight: 9,
    arbitrary: fc
      .tuple(fc.nat(60), fc.constantFrom('', '/k', '/a/b', '/\n'))
      .map(([n, it]) => `${n}-abc${it}`),
  },
  { weight: 1, arbitrary: text },
)
const names = fc.array(name, { maxLength: 5 })
const point = fc.tuple(fc.nat(60), fc.constantFrom('', 'k'))
const sum = fc.tuple(fc.nat(), fc.nat(), fc.nat())
const digest = fc.oneof(
  name,
  names,
  fc.record({ all: names, from: point, to: point, below: sum, turn: fc.nat(30) }, { requiredKeys: ['all'] }),
)
const own = fc.record(
  {
    type: fc.constantFrom(
      'have',
      'graft',
      'prune',
      'link',
      'repair',
      'shuffle',
      'constructor',
      '__proto__',
      'toString',
    ),
    from: peer,
    have: digest,
    want: digest,
    peers: rows,
  },
  { requiredKeys: ['type', 'from'] },
)
const plain = fc.constantFrom(
  { type: 'status' },
  { type: 'status', more: [1, { a: null }] },
  { type: 'watch' },
)

const valid: fc.Arbitrary<object> = fc.oneof(
  { weight: 6, arbitrary: value },
  { weight: 2, arbitrary: contact },
  { weight: 2, arbitrary: own },
  { weight: 1, arbitrary: plain },
)

/** Anything where something else was meant. */
const wrong = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1.5, 2 ** 53, 1e308, -0, '', [], {}, [null], [[]], ['__proto__']),
  oddAddress,
  fc.array(fc.record({ address: oddAddress, heartbeat: fc.nat() }), { minLength: 1, maxLength: 3 }),
  fc.array(row, { minLength: 257, maxLength: 257 }),
  fc.jsonValue({ maxDepth: 3 }),
)
const FIELDS = [
  'type',
  'value',
  'timestamp',
  'from',
  'peers',
  'hops',
  'key',
  'have',
  'want',
  'constructor',
  'hasOwnProperty',
]

const nearly = fc
  .tuple(valid, fc.constantFrom(...FIELDS), wrong, fc.boolean())
  .map(([message, field, it, isLeftOut]) => {
    const { [field]: _, ...rest } = message as Record<string, unknown>
    return isLeftOut ? rest : { ...rest, [field]: it }
  })

const depth = fc.constantFrom(10, 100, 1000, 20_000)
const raw = fc.oneof(
  fc.constantFrom(
    '{',
    '[]',
    'null',
    '"',
    '1e999',
    '{"type":"status"',
    '{"type":"status"}}',
    '\0',
    ' \t\r',
    '',
  ),
  fc.constantFrom(
    '{"__proto__":{"type":"status"}}',
    '{"type":"value","value":"p","timestamp":3,"__proto__":{"from":"127.9.9.9:1"}}',
    '{"type":"status","type":"value"}',
    '{"type":"value","value":"dup","timestamp":1,"timestamp":2}',
    '{"type":"value","value":"big","timestamp":1e20}',
    '{"type":"value","value":"exp","timestamp":5e0}',
    '{"type":"value","value":"\\ud800","timestamp":9}',
    '{"type":"error","error":"go away"}',
    '{"type":"welcome","from":"127.9.9.9:1","peers":[]}',
    '\ufeff{"type":"status"}',
  ),
  depth.map((n) => `${'['.repeat(n)}${']'.repeat(n)}`),
  depth.map((n) => `{"type":"status","deep":${'['.repeat(n)}${']'.repeat(n)}}`),
  depth.map((n) => `{"type":"value","value":"deep","timestamp":4,"peers":${'{"a":'.repeat(n / 10)}`),
  fc.constantFrom(0, 1).map((n) => `{"type":"status","x":"${'x'.repeat(65_513 + n)}"}`),
)

const line: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 12, arbitrary: valid.map((it) => Buffer.from(JSON.stringify(it))) },
  { weight: 4, arbitrary: nearly.map((it) => Buffer.from(JSON.stringify(it))) },
  { weight: 2, arbitrary: raw.map((it) => Buffer.from(it)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((it) => Buffer.from(it)) },
)

/** What is written to one connection, and where it is cut into pieces. */
export interface Writing {
  readonly bytes: Buffer
  readonly cuts: readonly number[]
}

export const writing: fc.Arbitrary<Writing> = fc
  .record({
    lines: fc.array(line, { minLength: 1, maxLength: 8 }),
    isWhole: fc.boolean(),
    cuts: fc.array(fc.nat(400), { maxLength: 3 }),
  })
  .map(({ lines, isWhole, cuts }) => {
    const bytes = Buffer.concat(lines.flatMap((it) => [it, NEWLINE]))
    return { bytes: isWhole ? bytes : bytes.subarray(0, -1), cuts }
  })
