import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Contacts } from '../../src/gossip/contacts.ts'
import { addresses, at, EXPIRY, row, table } from './build.ts'
import { dice } from './dice.ts'

const middle = () => 0.5

function pauses(contacts: Contacts, count: number): number[] {
  return Array.from({ length: count }, () => contacts.nextPause(middle))
}

test('when there is no news then the pauses grow from 150 ms to a period', () => {
  const contacts = new Contacts(table(), 1000)
  assert.deepEqual(pauses(contacts, 7), [150, 225, 337.5, 506.25, 759.375, 1000, 1000])
})

test('when a peer was learnt of then the pauses are short again', () => {
  const contacts = new Contacts(table(), 1000)
  pauses(contacts, 10)
  contacts.news()
  assert.deepEqual(pauses(contacts, 2), [150, 225])
})

test('when 50 peers are known then the first pause after news is twice as long', () => {
  const peers = table()
  for (const name of addresses(50)) peers.heard(name, [], 0)
  const contacts = new Contacts(peers, 1000)
  assert.deepEqual(pauses(contacts, 2), [300, 450])
  contacts.news()
  assert.deepEqual(pauses(contacts, 1), [300])
})

test('when the period is shorter than the first pause then all pauses are a period', () => {
  const contacts = new Contacts(table(), 100)
  assert.deepEqual(pauses(contacts, 3), [100, 100, 100])
  contacts.news()
  assert.deepEqual(pauses(contacts, 1), [100])
})

test('when the dice show their least and greatest then a pause is a quarter shorter or longer', () => {
  assert.equal(
    new Contacts(table(), 1000).nextPause(() => 0),
    112.5,
  )
  assert.equal(
    new Contacts(table(), 1000).nextPause(() => 1),
    187.5,
  )
})

test('when nobody is known then nobody is asked', () => {
  assert.equal(new Contacts(table(), 1000).next(dice(1), 0), undefined)
})

test('when peers are known then each of them is asked at times', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1), row('c', 1)], 0)
  const contacts = new Contacts(peers, 1000)
  const random = dice(1)
  assert.deepEqual(new Set(Array.from({ length: 50 }, () => contacts.next(random, 0))), new Set(['b', 'c']))
})

test('when a gone peer is said to live then it is asked first, and then the others', () => {
  const peers = table()
  peers.heard(at('b'), [row('b', 1)], 0)
  peers.period(EXPIRY, 0)
  peers.heard(at('c'), [row('b', 2)], EXPIRY)
  const contacts = new Contacts(peers, 1000)
  assert.deepEqual([contacts.next(dice(1), EXPIRY), contacts.next(dice(1), EXPIRY)], ['b', 'c'])
})
