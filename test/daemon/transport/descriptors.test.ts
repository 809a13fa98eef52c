import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DEFAULT_LIMITS } from '../../../src/daemon/limits.ts'
import { ConnectionGate } from '../../../src/daemon/transport/connection-gate.ts'
import {
  budgetOf,
  isOutOfFiles,
  limitsWithin,
  refuseTooManyProcesses,
} from '../../../src/daemon/transport/descriptors.ts'
import { ask } from '../client.ts'
import { noted, startNode } from '../node.ts'
import { until } from '../until.ts'

test('when nodes fit then what they may take together stays below what the process may open', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 64, max: 100_000 }), (nodes, most) => {
      fc.pre(48 + nodes * 9 <= most)
      const { maxLinks, own, common } = budgetOf(nodes, DEFAULT_LIMITS, most)
      assert.ok(maxLinks >= 4 && own >= 0 && common.left >= 0)
      assert.ok(nodes * (1 + maxLinks + own) + common.left <= most - 48)
      // Peers that all open their links find room.
      assert.ok(nodes === 1 || nodes * own + common.left >= nodes * Math.min(4, nodes - 1))
    }),
  )
})

for (const { nodes, most, needed, fitting } of [
  { nodes: 60, most: 256, needed: 588, fitting: 23 },
  { nodes: 1000, most: 4096, needed: 9048, fitting: 449 },
]) {
  test(`when ${nodes} nodes do not fit ${most} files then it is said how many they need, and how many fit`, () => {
    assert.throws(() => budgetOf(nodes, DEFAULT_LIMITS, most), {
      message: `${nodes} nodes need ${needed} file descriptors, and this process may open ${most}: allow more with ulimit -n ${needed}, or start at most ${fitting} nodes`,
    })
    budgetOf(nodes, DEFAULT_LIMITS, needed)
    budgetOf(fitting, DEFAULT_LIMITS, most)
    assert.throws(() => budgetOf(fitting + 1, DEFAULT_LIMITS, most))
  })
}

test('when processes are too many for their parent then it is said how many files it needs', () => {
  assert.throws(() => refuseTooManyProcesses(80, 256), /80 nodes need 368 file descriptors.*ulimit -n 368/)
  refuseTooManyProcesses(52, 256)
  assert.throws(() => refuseTooManyProcesses(1, 50), /a node needs 57 file descriptors.*ulimit -n 57$/)
})

test('when it is not known how many files may be open then the limits stay as they are', () => {
  assert.deepEqual(limitsWithin(DEFAULT_LIMITS, budgetOf(1, DEFAULT_LIMITS, undefined)), DEFAULT_LIMITS)
})

test('when files are plenty then the limits of one node stay as they are', () => {
  assert.deepEqual(limitsWithin(DEFAULT_LIMITS, budgetOf(1, DEFAULT_LIMITS, 20_000)), DEFAULT_LIMITS)
})

test('when files are few then connections are bounded, and a part of them is kept for peers', () => {
  const { maxConnections, maxLinks, reserved } = limitsWithin(
    DEFAULT_LIMITS,
    budgetOf(1, DEFAULT_LIMITS, 256),
  )
  assert.ok(maxConnections < 256 - 48 - maxLinks && maxConnections > 64)
  assert.ok(reserved > 0 && reserved <= maxConnections / 2)
})

test('when a node of a process has many connections then the others keep what is their own', () => {
  const files = { own: 2, common: { left: 3 } }
  const limits = { maxConnections: 5, reserved: 0, maxPerHost: 100, maxPerLoopback: 100 }
  const [one, other] = [1, 2].map(() => new ConnectionGate(limits, () => false, files))
  const enters = (door: ConnectionGate | undefined, times: number) =>
    Array.from({ length: times }, () => door!.enter('10.0.0.1')).filter(Boolean).length
  assert.equal(enters(one, 10), 5)
  assert.equal(enters(other, 10), 2)
  for (let i = 0; i < 4; i++) one!.leave('10.0.0.1')
  assert.equal(files.common.left, 3)
  assert.equal(enters(other, 10), 3)
  assert.equal(enters(one, 10), 1)
})

/** As Node.js tells that the addresses of the machine can't be read. */
const outOfFiles = () =>
  Object.assign(new Error('uv_interface_addresses returned EMFILE'), {
    code: 'ERR_SYSTEM_ERROR',
    info: { code: 'EMFILE' },
  })

test('when no file descriptor is left then that is known, however it is told', () => {
  assert.ok(isOutOfFiles(outOfFiles()))
  assert.ok(isOutOfFiles(Object.assign(new Error(), { code: 'ENFILE' })))
  assert.ok(!isOutOfFiles(Object.assign(new Error(), { code: 'ECONNREFUSED' })))
})

test("when the machine's addresses can't be read again and again then the node goes on, and says so once", async (t) => {
  const { log, lines } = noted('info')
  let times = 0
  const ownHost = (_listen: unknown, present?: string): string => {
    if (present === undefined) return '127.0.0.1'
    times += 1
    throw outOfFiles()
  }
  const { address } = await startNode(t, { ownHost, log, period: 10 })
  await until('it has looked twice', () => times >= 2)
  assert.equal((await ask(t, address, { type: 'status' })).address, address)
  assert.equal(lines.filter((it) => it.includes('EMFILE')).length, 1)
})
