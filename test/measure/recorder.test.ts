import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Recorder } from '../../src/measure/recorder.ts'

test('when a run is told by hand then the figures are those computed by hand', () => {
  const record = new Recorder(4)
  record.begin(0, 7, 100)
  for (const timestamp of [7, 7, 7, 6, undefined]) record.sent(timestamp, 10)
  record.received(1, 7, 1, 110)
  record.received(2, 7, 2, 130)
  record.received(1, 7, 3, 140)
  record.received(3, 6, 9, 150)
  record.received(0, 7, 2, 160)
  record.lost()
  record.duplicated()
  assert.deepEqual(record.figures(3, 4), {
    infected: 3,
    residue: 0.25,
    traffic: 0.75,
    control: 0.5,
    tAverage: 20,
    tLast: 30,
    hopsLast: 2,
    duplicates: 0.5,
    messages: 5,
    bytes: 50,
    lost: 1,
    duplicated: 1,
  })
  assert.deepEqual([...record.curve()], [0, 10, 30])
})

test('when a new value begins then everything is about it', () => {
  const record = new Recorder(2)
  record.begin(0, 7, 0)
  record.sent(7, 10)
  record.received(1, 7, 1, 5)
  record.begin(1, 8, 50)
  record.received(0, 8, 1, 53)
  const { messages, tLast, duplicates } = record.figures(2, 2)
  assert.deepEqual([messages, tLast, duplicates], [0, 3, 0])
})

test('when nobody is reached then times are 0, and when nobody lives then so is the residue', () => {
  const record = new Recorder(2)
  record.begin(0, 7, 0)
  assert.deepEqual([record.figures(1, 2).tAverage, record.figures(1, 2).tLast], [0, 0])
  assert.equal(record.figures(0, 0).residue, 0)
})

test('when the last copy came on a shorter way than another then the longest way counts', () => {
  const record = new Recorder(3)
  record.begin(0, 7, 0)
  record.received(1, 7, 4, 10)
  record.received(2, 7, 1, 20)
  assert.equal(record.figures(3, 3).hopsLast, 4)
})
