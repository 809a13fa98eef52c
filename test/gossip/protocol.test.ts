import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RESERVED_FIELDS, RESERVED_TYPES } from '../../src/gossip/message.ts'
import { protocol } from '../../src/gossip/protocol.ts'
import { strategy, z } from '../../src/gossip/strategy.ts'

const summary = 'A strategy.'
const nothing = (): void => {}

const wrong: { what: string; it: unknown; says: RegExp }[] = [
  { what: 'is nothing', it: undefined, says: /object/ },
  { what: 'is null', it: null, says: /object/ },
  { what: 'is a function', it: nothing, says: /object/ },
  { what: 'has no summary', it: {}, says: /summary is missing: / },
  { what: 'has an empty summary', it: { summary: '' }, says: /summary: / },
  { what: 'has an unknown handler', it: { summary, onPeriods: nothing }, says: /onPeriods/ },
  {
    what: 'has a handler that is no function',
    it: { summary, onPeriod: 7 },
    says: /onPeriod: .* must be a function/,
  },
  {
    what: 'has a question that is no function',
    it: { summary, interested: true },
    says: /interested: .* must be a f/,
  },
  {
    what: 'has an option without schema',
    it: { summary, options: { k: 3 } },
    says: /options\.k: .* must be a zod schema/,
  },
  {
    what: 'forgets the handler of a message',
    it: { summary, messages: { ask: {} } },
    says: /onMessage: has no handler for the message ask/,
  },
  {
    what: 'handles a message it has not',
    it: { summary, onMessage: { ask: nothing } },
    says: /onMessage: handles ask, which is not among its messages/,
  },
  {
    what: 'has a message handler that is no function',
    it: { summary, messages: { ask: {} }, onMessage: { ask: 7 } },
    says: /onMessage\.ask: .* must be a function/,
  },
  {
    what: 'has a message field without schema',
    it: { summary, messages: { ask: { what: 'text' } }, onMessage: { ask: nothing } },
    says: /messages\.ask\.what: .* must be a zod schema/,
  },
]
for (const type of RESERVED_TYPES) {
  const it = { summary, messages: { [type]: {} }, onMessage: { [type]: nothing } }
  wrong.push({ what: `names a message ${type}`, it, says: new RegExp(`a message can't be named ${type}`) })
}
for (const field of RESERVED_FIELDS) {
  const it = { summary, messages: { ask: { [field]: z.string() } }, onMessage: { ask: nothing } }
  const says = /fields can't be named .*hops/
  wrong.push({ what: `names a message's field ${field}`, it, says })
  wrong.push({
    what: `names a carried field ${field}`,
    it: { summary, carries: { [field]: z.string() } },
    says,
  })
}

for (const { what, it, says } of wrong) {
  test(`when a strategy ${what} then it is refused with one line that says so`, () => {
    assert.throws(
      () => protocol('mine', it),
      ({ message }: Error) => {
        assert.match(message, /^not a strategy: .+$/)
        assert.match(message, says)
        return true
      },
    )
  })
}

const withOptions = strategy({
  summary,
  options: { fanout: z.int().min(1).default(3), patience: z.number().default(0.5) },
})

const wrongOptions = [
  { given: { fanout: 0 }, says: /^options of mine: fanout: .+ \(it has: fanout, patience\)$/ },
  { given: { fanout: 'many' }, says: /^options of mine: fanout: .+ \(it has: fanout, patience\)$/ },
  { given: { fanouts: 3 }, says: /^options of mine: .*fanouts.* \(it has: fanout, patience\)$/ },
]
for (const { given, says } of wrongOptions) {
  test(`when the options are ${JSON.stringify(given)} then one line says what is wrong and which there are`, () => {
    assert.throws(() => protocol('mine', withOptions, given), { message: says })
  })
}

test('when a strategy without options is given one then the line says that it has none', () => {
  assert.throws(() => protocol('mine', { summary }, { k: 1 }), {
    message: /^options of mine: .*k.* \(it has: none\)$/,
  })
})

test('when an option without default is not given then the line names it', () => {
  assert.throws(() => protocol('mine', { summary, options: { k: z.int() } }), {
    message: /^options of mine: k is missing: must be a number/,
  })
})

test('when options are given then the others have their defaults', () => {
  assert.deepEqual(protocol('mine', withOptions, { fanout: 7 }).options, { fanout: 7, patience: 0.5 })
})

test('when a strategy is right then its name, messages and carried fields are ready to use', () => {
  const it = strategy({
    summary,
    carries: { counter: z.int() },
    messages: { ask: { what: z.string() } },
    onMessage: { ask: nothing },
  })
  const { name, messages, carries, strategy: same } = protocol('mine', it)
  assert.equal(name, 'mine')
  assert.equal(same, it)
  assert.deepEqual([...messages.keys()], ['ask'])
  assert.ok(messages.get('ask')?.safeParse({ what: 'x' }).success)
  assert.ok(!messages.get('ask')?.safeParse({ what: 1 }).success)
  assert.ok(carries?.safeParse({ counter: 1 }).success)
})

test('when a strategy has only a summary then it is one', () => {
  const { messages, carries, options } = protocol('mine', { summary })
  assert.deepEqual([messages.size, carries, options], [0, undefined, {}])
})
