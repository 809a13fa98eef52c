import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { oneLine } from '../../src/parse/one-line.ts'

const schema = z.strictObject({
  fanout: z.int().min(1).max(5).optional(),
  share: z.number().gt(0).optional(),
  mode: z.enum(['a', 'b']).optional(),
  only: z.literal(3).optional(),
  is: z.boolean().optional(),
  name: z.string().min(2).max(4).optional(),
  list: z.array(z.string()).max(2).optional(),
  step: z.number().multipleOf(3).optional(),
  code: z.string().regex(/^x/).optional(),
  deep: z.object({ port: z.int('must be a port') }).optional(),
  own: z
    .string()
    .refine(() => false, 'is not what I like')
    .optional(),
  either: z.union([z.number(), z.boolean()]).optional(),
})
const cases: [given: unknown, says: string][] = [
  [{ fanout: 'many' }, 'fanout: "many" must be a number'],
  [{ fanout: 1.5 }, 'fanout: 1.5 must be a whole number'],
  [{ fanout: 0 }, 'fanout: 0 must be at least 1'],
  [{ fanout: 7 }, 'fanout: 7 must be at most 5'],
  [{ share: 0 }, 'share: 0 must be more than 0'],
  [{ mode: 'zzz' }, 'mode: "zzz" must be "a" or "b"'],
  [{ only: 4 }, 'only: 4 must be 3'],
  [{ is: 'yes' }, 'is: "yes" must be true or false'],
  [{ name: 5 }, 'name: 5 must be text'],
  [{ name: 'x' }, 'name: "x" must have at least 2 characters'],
  [{ name: 'xxxxx' }, 'name: "xxxxx" must have at most 4 characters'],
  [{ list: ['a', 'b', 'c'] }, 'list: a list of 3 must have at most 2 entries'],
  [{ list: ['a', 2] }, 'list.1: 2 must be text'],
  [{ step: 4 }, 'step: 4 must be a multiple of 3'],
  [{ code: 'y' }, 'code: "y" must match /^x/'],
  [{ deep: { port: '7000' } }, 'deep.port: "7000" must be a port'],
  [{ deep: {} }, 'deep.port is missing: must be a port'],
  [{ deep: null }, 'deep: null must be an object'],
  [{ own: 'x' }, 'own: is not what I like'],
  [{ either: 'x' }, 'either: "x" must be a number or true or false'],
  [{ nope: 1, worse: 2 }, 'there is no "nope", "worse"'],
  ['text', '"text" must be an object'],
  [undefined, 'undefined must be an object'],
  [{ fanout: 'x'.repeat(1000) }, `fanout: "${'x'.repeat(40)}..." must be a number`],
  [{ fanout: '\u202e\x1b[31m' }, 'fanout: "\\u{202e}\\u001b[31m" must be a number'],
]
for (const [given, says] of cases)
  test(`when ${JSON.stringify(given)?.slice(0, 60)} is given then the line quotes what is wrong`, () => {
    const { error } = schema.safeParse(given)
    assert.equal(oneLine(error!, given), says)
  })

test('when somebody else quotes what was given then the line does not', () => {
  assert.equal(oneLine(schema.safeParse({ fanout: 'many' }).error!), 'fanout: must be a number')
})

test('when everything is wrong, and its keys are long, then the line stays short and on one line', () => {
  const rows = z.array(z.record(z.string(), z.number()))
  const given = Array.from({ length: 1000 }, () => ({ [`\n${'k'.repeat(10_000)}`]: 'v'.repeat(10_000) }))
  const line = oneLine(rows.safeParse(given).error!, given)
  assert.ok(line.length < 600, line)
  assert.doesNotMatch(line, /\n/)
  const keys = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`${'k'.repeat(1000)}${i}`, 1]))
  assert.ok(oneLine(schema.safeParse(keys).error!, keys).length < 300)
})
