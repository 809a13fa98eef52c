import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OwnMessage, ValueMessage } from '../../src/gossip/message.ts'
import { MessageSizes } from '../../src/simulation/message-size.ts'
import { lineOf } from '../daemon/line-of.ts'
import { at, value } from '../gossip/build.ts'

/** An address as long as one of a container. */
const FROM = at('172.28.100.100:7000')

const messages: Record<string, ValueMessage | OwnMessage> = {
  'a short value': value('a', 0, 1),
  'a value with a time of today': value('hello', 1_764_000_000_000, 12),
  'a value with letters of two and three bytes': value('äöü 你好', 7, 1),
  'a value with a sign of four bytes': value('🎉', 7, 1),
  'a value with signs that JSON escapes': value('"\n\\', 7, 1),
  'a value that carries a field': value('a', 7, 1, { counter: 3 }),
  'a message without fields': { type: 'graft', fields: {} },
  'a message with a field': { type: 'have', fields: { version: '7-abc' } },
}

for (const [what, message] of Object.entries(messages)) {
  test(`when ${what} is sent then it is as many bytes as its line on the wire`, () => {
    assert.equal(new MessageSizes().of(message), Buffer.byteLength(lineOf(FROM, message)))
  })
}
