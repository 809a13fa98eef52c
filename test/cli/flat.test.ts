/** A node that is left running takes neither more memory nor more open files with each value. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { Crowd } from './crowd.ts'
import { heldBy, isHeldTold } from './held.ts'

const NODES = 3
/** So many values come over one connection. */
const PER_CONNECTION = 100
const FEW = 1000
const MANY = 10_000
/** What the JavaScript engine may still take when it is warm. */
const MAX_GROWTH_MB = 30
/** Connections that come and go between nodes. */
const MAX_MORE_FILES = 5

if (isHeldTold) {
  test(`when a node takes ${MANY} values then memory and open files are what they were after ${FEW}`, async (t) => {
    const crowd = await Crowd.start(t, NODES, () => '--period 200ms --log-level warn')
    const port = crowd.ports[0]!
    await hand(t, port, 0, FEW)
    const before = await Promise.all(crowd.pids.map(heldBy))
    await hand(t, port, FEW, MANY)
    await crowd.hold(`value ${MANY - 1}`)
    const after = await Promise.all(crowd.pids.map(heldBy))

    for (const [i, { memory, files }] of after.entries()) {
      const { memory: memoryBefore, files: filesBefore } = before[i]!
      const [mb, mbBefore] = [memory, memoryBefore].map((it) => Math.round(it / 2 ** 20)) as [number, number]
      t.diagnostic(`node ${i}: ${mbBefore} MB, ${filesBefore} files; then ${mb} MB, ${files} files`)
      assert.ok(mb - mbBefore < MAX_GROWTH_MB, `node ${i} grew from ${mbBefore} to ${mb} MB`)
      assert.ok(Math.abs(files - filesBefore) <= MAX_MORE_FILES, `node ${i}: ${filesBefore}, ${files} files`)
    }
  })
}

/** Hands over the values from one number to before another, each as soon as the one before is taken. */
async function hand(t: TestContext, port: number, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += PER_CONNECTION) {
    const socket = connect(port, '127.0.0.1')
    t.after(() => socket.destroy())
    const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
    for (let j = i; j < i + PER_CONNECTION; j++) {
      socket.write(`${JSON.stringify({ type: 'value', value: `value ${j}`, timestamp: j + 1 })}\n`)
      const { value } = await answers.next()
      assert.equal(JSON.parse(value).outcome, 'accepted')
    }
    socket.end()
    await once(socket, 'close')
  }
}
