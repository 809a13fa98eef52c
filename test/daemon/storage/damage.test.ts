/** What becomes of a journal that somebody or something wrote over: what was not touched is there. */
import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { lineOf } from '../../../src/daemon/storage/entry.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import type { Value } from '../../../src/gossip/value.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'
import { fast, kept, looked, reopened, sorted } from './opened.ts'

const VALUES = [
  kept('', '100', 5),
  kept('a', '\n\u00e9\ud800"', 1_764_000_000_000),
  kept('b', null, 6),
  kept('c', '', 0),
]

function written(t: TestContext, values: readonly Value[] = VALUES): { folder: string; file: string } {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  for (const it of values) assert.equal(store.keep(it), undefined)
  store.close()
  return { folder, file: join(folder, 'values.jsonl') }
}

function namesAside(folder: string): string[] {
  return fs.readdirSync(folder).filter((it) => it.includes('.aside-'))
}

/** What of the values is there; nothing else may be. */
function there(values: readonly Value[], all = VALUES): Value[] {
  return all.filter((it) => values.some((kept) => JSON.stringify(kept) === JSON.stringify(it)))
}

test('when any bit is flipped then at most the value that it is in is lost, nothing else is read, and the damage is set aside', (t) => {
  const { folder, file } = written(t)
  const whole = fs.readFileSync(file)
  let lost = 0
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const bytes = Buffer.from(whole)
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    fs.writeFileSync(file, bytes)
    const { store, warned } = looked(folder, undefined, fast)
    const found = there(store.kept)
    assert.equal(found.length, store.kept.length, `${bytes}`)
    assert.ok(found.length >= VALUES.length - 1, `${bytes}`)
    lost += VALUES.length - found.length
    assert.deepEqual([warned.length, namesAside(folder).length], [1, 1])
    assert.match(
      warned[0]!,
      /^values\.jsonl in .*: damaged lines \([12]\) set aside in values\.jsonl\.aside-\d+$/,
    )
    // What is there then is whole again.
    const again = looked(folder, undefined, fast)
    assert.deepEqual([sorted(again.store.kept), again.warned], [sorted(found), []])
    for (const it of namesAside(folder)) fs.rmSync(join(folder, it))
  }
  assert.ok(lost > whole.length * 4, 'bits of values were flipped, too')
})

test('when the end is torn off anywhere then what came before is there, and what comes after', (t) => {
  const { folder, file } = written(t)
  const whole = fs.readFileSync(file)
  const next = kept('next', 'x', 1)
  for (let size = 0; size < whole.length; size++) {
    for (const tail of [0, whole.length - size]) {
      fs.writeFileSync(file, Buffer.concat([whole.subarray(0, size), Buffer.alloc(tail)]))
      const store = Store.open(folder, silent, fast)
      const found = there(store.kept)
      // Zeros right after a line are part of it.
      const isWhole = (end: number) => (tail === 0 ? end <= size : end < size)
      assert.deepEqual(
        found,
        VALUES.filter((it) => isWhole(endOf(whole, it))),
      )
      assert.equal(found.length, store.kept.length)
      assert.equal(store.keep(next), undefined)
      store.close()
      assert.deepEqual(reopened(folder, fast), sorted([...found, next]))
    }
  }
})

/** Where a value's line ends. */
function endOf(journal: Buffer, { timestamp }: Value): number {
  const sum = `"timestamp":${timestamp},"crc32":"`
  return journal.indexOf(sum) + sum.length + '01234567"}'.length
}

test('when parts of many lines are damaged then all others are there, and the parts are in a file beside', (t) => {
  const values = Array.from({ length: 200 }, (_, i) => kept(`k${i}`, `value ${i}`, i))
  const { folder, file } = written(t, values)
  const lines = fs.readFileSync(file, 'utf8').split('\n')
  const text = lines.map((it, i) => (i % 10 === 1 ? it.replace('value', 'VALUE') : it)).join('\n')
  fs.writeFileSync(file, `${text}\0\0\nwhat somebody wrote: \u00e9\n`)
  const damaged = lines.filter((it, i) => i % 10 === 1 && it.includes('value '))
  const { store, warned } = looked(folder)
  assert.equal(store.kept.length, 200 - damaged.length)
  assert.match(warned.join(), new RegExp(`damaged lines \\(${damaged.length + 2}\\) `))
  const aside = fs.readFileSync(join(folder, namesAside(folder)[0]!), 'utf8')
  for (const it of damaged) assert.ok(aside.includes(it.replace('value', 'VALUE')))
  assert.ok(aside.includes('what somebody wrote: \u00e9'))
})

test('when the newest line of a key is damaged then what it had before is there', (t) => {
  const { folder, file } = written(t, [kept('a', 'old', 1), kept('b', 'b', 1), kept('a', 'new', 2)])
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace('new', 'neu'))
  assert.deepEqual(reopened(folder), [kept('a', 'old', 1), kept('b', 'b', 1)])
})

test('when what is damaged can not be set aside then it stays, and is not lost when there is room again', (t) => {
  const { folder, file } = written(t)
  fs.appendFileSync(file, 'damage\n')
  let isFull = true
  const refuses = (): never => {
    throw Object.assign(new Error('ENOSPC: full'), { code: 'ENOSPC' })
  }
  const disk = {
    ...fs,
    openSync: ((path: string, flags: string) =>
      isFull && flags === 'wx' ? refuses() : fs.openSync(path, flags)) as typeof fs.openSync,
  }
  const store = Store.open(folder, silent, disk)
  assert.deepEqual(store.kept, VALUES)
  const big = 'x'.repeat(10_000)
  // What fits into the file is still kept, though it can't be written anew.
  for (let i = 0; i < 50; i++) assert.equal(store.keep(kept('big', big, i)), undefined)
  assert.deepEqual(namesAside(folder), [])
  isFull = false
  for (let i = 50; i < 200; i++) assert.equal(store.keep(kept('big', big, i)), undefined)
  store.close()
  assert.equal(fs.readFileSync(join(folder, namesAside(folder)[0]!), 'utf8'), 'damage\n')
  assert.deepEqual(reopened(folder), sorted([...VALUES, kept('big', big, 199)]))
})

test('when there is more than may be then what was written first is set aside with a warning, and comes back by hand', (t) => {
  const { folder, file } = written(t)
  const { store, warned } = looked(folder, { maxKeys: 2, maxHeld: 1000 })
  assert.deepEqual(store.kept, VALUES.slice(2))
  assert.match(
    warned.join(),
    /^values\.jsonl in .*: more values than may be \(2\) set aside in values\.jsonl\.aside-\d+$/,
  )
  fs.appendFileSync(file, fs.readFileSync(join(folder, namesAside(folder)[0]!)))
  assert.deepEqual(reopened(folder), sorted(VALUES))
})

test('when there are far more keys than may be then all are kept or aside, and memory is bounded by twice as many', (t) => {
  const { folder, file } = written(t, [])
  const keys = Array.from({ length: 25_000 }, (_, i) => `key ${i}`)
  fs.writeFileSync(file, keys.map((key) => lineOf(kept(key, 'x', 1))).join(''))
  const { store, warned } = looked(folder)
  assert.deepEqual(
    store.kept.map(({ key }) => key),
    keys.slice(10_000, 20_000),
  )
  assert.match(warned.join(), /^values\.jsonl in .*: more values than may be \(15000\) /)
  const aside = fs.readFileSync(join(folder, namesAside(folder)[0]!), 'utf8')
  for (const it of [...keys.slice(0, 10_000), ...keys.slice(20_000)]) assert.ok(aside.includes(`"${it}"`))
})

test('when the journal has more bytes than any may have then it is set aside as it is', (t) => {
  const { folder, file } = written(t)
  fs.truncateSync(file, 2 ** 31)
  const { store, warned } = looked(folder)
  assert.deepEqual(store.kept, [])
  assert.match(
    warned.join(),
    /^values\.jsonl in .* has more than \d+ bytes: set aside as values\.jsonl\.aside-\d+; /,
  )
})

test('when a line is endless then it is damage, and what comes before and after is there', (t) => {
  const { folder, file } = written(t)
  const [begin, end] = [fs.readFileSync(file), fs.readFileSync(file)]
  fs.writeFileSync(file, Buffer.concat([begin, Buffer.alloc(40 * 2 ** 20, 'x'), end]))
  const before = process.memoryUsage().arrayBuffers
  const { store, warned } = looked(folder)
  assert.ok(process.memoryUsage().arrayBuffers - before < 100 * 2 ** 20)
  assert.deepEqual(store.kept, VALUES)
  assert.match(warned.join(), /: damaged lines \(1\) set aside/)
})

test('when journals are damaged again and again then only the last few pieces are kept', (t) => {
  const { folder, file } = written(t)
  const before = [1, 2, 3, 4, 5].map((it) => `values.jsonl.aside-176400000000${it}`)
  for (const it of before) fs.writeFileSync(join(folder, it), '')
  fs.appendFileSync(file, 'x')
  reopened(folder)
  const left = namesAside(folder).sort()
  assert.deepEqual(left.slice(0, 2), before.slice(3))
  assert.equal(left.length, 3)
})
