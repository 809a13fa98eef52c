import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startNode } from '../daemon/node.ts'
import { fuzz, write } from './wire-fuzz.ts'

const CASES = 10_000

test('when strangers write anything then the node answers or closes, holds what it must, and goes on', async (t) => {
  const { cases, bytes, accepted, faults, grownBytes, slowestMs } = await fuzz(CASES)
  t.diagnostic(
    `${cases} connections, ${bytes} bytes, ${accepted} values taken, ${faults} faults, ${Math.round(grownBytes / 2 ** 20)} MiB more in use, the slowest line ${slowestMs} ms`,
  )
  assert.ok(cases >= CASES)
  assert.ok(accepted > 200, 'sometimes a value is taken')
  assert.ok(faults > 1000, 'sometimes a line is wrong')
  assert.ok(grownBytes < 150 * 2 ** 20, `${grownBytes} bytes more in use`)
})

test('when what is written is cut at any byte then the answers are the same', async (t) => {
  const lines = [
    '{"type":"value","value":"ż€😀","timestamp":5}',
    '{"type":"value","value":"","timestamp":4}',
    '',
    '{"type":"nothing"}',
  ]
  const bytes = Buffer.from(lines.map((it) => `${it}\n`).join(''))
  const { address } = await startNode(t)
  await write(address, { bytes, cuts: [] })
  for (let cut = 0; cut <= bytes.length; cut++) {
    const answers = await write(address, { bytes, cuts: [cut] })
    assert.deepEqual(
      answers.map((it) => it.outcome ?? it.type),
      ['ignored', 'ignored', 'error'],
      `cut at ${cut}`,
    )
  }
})
