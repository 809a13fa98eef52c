/** As many values as a node may hold, and a process that is killed while it writes. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { DEFAULT_BOUNDS } from '../../../src/daemon/storage/bounded-values.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'
import { until } from '../until.ts'
import { KEYS, numbered } from './numbered.ts'
import { fast, kept, looked } from './opened.ts'

test('when there are as many keys as may be then all are there again, soon, in a file of hardly more bytes than they have', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent, fast)
  const { maxKeys } = DEFAULT_BOUNDS
  const values = Array.from({ length: maxKeys }, (_, i) =>
    kept(`key ${i}`, `value ${i} `.padEnd(4096, 'x'), i),
  )
  for (const it of values) assert.equal(store.keep(it), undefined)
  assert.match(store.keep(kept('one more', 'x', 1)) ?? '', /there are 10000 keys/)
  for (const it of values.slice(0, 10)) assert.equal(store.keep(it), undefined)
  store.close()
  const began = performance.now()
  const { store: again, warned } = looked(folder)
  const took = performance.now() - began
  t.diagnostic(`${Math.round(took)} ms`)
  assert.ok(took < 10_000, `${took} ms`)
  assert.deepEqual(warned, [])
  assert.equal(again.kept.length, maxKeys)
  for (const it of values) assert.deepEqual(again.get(it.key), it)
  const { size } = fs.statSync(join(folder, 'values.jsonl'))
  assert.ok(size < 2 * 1.05 * maxKeys * 4096 + 65_536, `${size} bytes`)
})

const KILLS = 10
const WRITER = fileURLToPath(new URL('writer.js', import.meta.url))

/** A process that writes from there on. */
function writing(t: TestContext, folder: string, from: number) {
  const child: ChildProcess = spawn(process.execPath, [WRITER, folder, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout!.setEncoding('utf8').on('data', (part: string) => {
    said = (said + part).slice(-100)
  })
  const last = () => Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1) || from - 1)
  return { child, last }
}

test(`when a process that keeps values is killed, ${KILLS} times, then all that it said to be safe is there, and one more at most`, async (t) => {
  const folder = newFolder(t)
  let next = 0
  let renewals = 0
  for (let i = 0; i < KILLS; i++) {
    const before = next
    const { child, last } = writing(t, folder, next)
    // By chance it is killed within a write, a sync, or while the journal is written anew.
    await until('it has written some', () => last() >= before + 20 + 13 * i, 30_000)
    child.kill('SIGKILL')
    await once(child, 'close')
    const safe = last()
    const { store, warned } = looked(folder)
    // The system may end a write between two pages: half a line is there then, which nobody was told to be safe.
    assert.ok(warned.length <= 1, warned.join())
    for (const it of warned) assert.match(it, /: damaged lines \(1\) set aside in /)
    const newest = Math.max(...store.kept.map(({ timestamp }) => timestamp))
    assert.ok(newest === safe || newest === safe + 1, `${newest} is there, ${safe} was said`)
    for (let it = Math.max(0, newest - KEYS + 1); it <= newest; it++)
      assert.deepEqual(store.get(numbered(it).key), numbered(it))
    next = newest + 1
    const { size } = fs.statSync(join(folder, 'values.jsonl'))
    if (size < 4000 * next) renewals += 1
  }
  assert.ok(renewals > 0, 'it was written anew')
})
