import assert from 'node:assert/strict'
import { test } from 'node:test'
import { JoinReport } from '../../../src/daemon/discovery/join-report.ts'
import { closedAddress, FakePeer } from '../fake-peer.ts'
import { noted, startNode } from '../node.ts'
import { until } from '../until.ts'

function noting() {
  const said: string[] = []
  const report = new JoinReport({
    silent: (join, why) => void said.push(`${join} silent${why && `: ${why}`}`),
    answers: (join) => void said.push(`${join} answers`),
  })
  return { report, said }
}

test('when nobody answers at first then nothing is said until the others had time to start', () => {
  const { report, said } = noting()
  for (let i = 0; i < 20; i++) report.silent('a:1')
  report.silent('b:1')
  report.answered('b:1')
  assert.deepEqual(said, [])
  report.late()
  assert.deepEqual(said, ['a:1 silent'])
})

test('when nobody answers on and on then that is said once, and again when it changes', () => {
  const { report, said } = noting()
  report.late()
  for (let i = 0; i < 5; i++) report.silent('a:1')
  for (let i = 0; i < 5; i++) report.silent('a:1', 'no such name')
  for (let i = 0; i < 5; i++) report.answered('a:1')
  for (let i = 0; i < 5; i++) report.silent('a:1')
  assert.deepEqual(said, ['a:1 silent', 'a:1 silent: no such name', 'a:1 answers', 'a:1 silent'])
})

test('when one that answered is busy once then nothing is said', () => {
  const { report, said } = noting()
  report.answered('a:1')
  report.late()
  for (let i = 0; i < 5; i++) {
    report.silent('a:1')
    report.answered('a:1')
  }
  assert.deepEqual(said, [])
})

test('when nobody answers where a node is told to join then it warns once, with host and port', async (t) => {
  const gone = await closedAddress()
  const there = await FakePeer.start(t, { welcomes: true })
  const { log, lines } = noted('warn')
  const began = performance.now()
  const join = [gone, there.address].map((it) => ({ host: '127.0.0.1', port: Number(it.split(':')[1]) }))
  await startNode(t, { join, log, period: 50 })
  await until('it has warned', () => lines.length > 0)
  assert.ok(performance.now() - began > 1000, 'those that start together are given time')
  const [first, ...more] = lines.map((it) => JSON.parse(it))
  assert.deepEqual([first.msg, first.join, more], [`nobody answers at ${gone} (--join)`, gone, []])
})
