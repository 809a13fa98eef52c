/** What other versions of the program wrote. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import type { Disk } from '../../../src/daemon/storage/disk.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'
import { kept, looked, reopened } from './opened.ts'

const VALUE = kept('', 'new "\ud800 \n', 6)
const AHEAD = kept('', 'of tomorrow', 7)

/** As the first two formats have it. */
function former({ value, timestamp }: typeof VALUE, format: number): string {
  if (format === 1) return `${JSON.stringify({ value, timestamp })}\n`
  const sha256 = createHash('sha256')
    .update(JSON.stringify([2, value, timestamp]))
    .digest('hex')
  return `${JSON.stringify({ format: 2, value, timestamp, sha256 })}\n`
}

for (const format of [1, 2]) {
  test(`when a value was kept in format ${format} then it is taken over, with what had been set aside`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'value.json'), former(VALUE, format))
    fs.writeFileSync(join(folder, 'value.json.ahead'), former(AHEAD, format))
    for (let i = 0; i < 2; i++) {
      const { store, warned } = looked(folder)
      assert.deepEqual([store.kept, store.ahead, warned], [[VALUE], [AHEAD], []])
      assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
    }
  })
}

test('when the disk is full as a value is taken over then it is there all the same, and stays where it was until there is room', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'value.json'), former(VALUE, 2))
  let isFull = true
  const writeFileSync = ((file: number, data: string) => {
    if (isFull) throw Object.assign(new Error('ENOSPC: full'), { code: 'ENOSPC' })
    fs.writeFileSync(file, data)
  }) as Disk['writeFileSync']
  const store = Store.open(folder, silent, { ...fs, writeFileSync })
  assert.deepEqual(store.kept, [VALUE])
  assert.match(store.keep(kept('k', 'x', 1)) ?? '', /ENOSPC/)
  assert.deepEqual(fs.readdirSync(folder).sort(), ['lock', 'value.json'])
  isFull = false
  assert.equal(store.keep(kept('k', 'x', 1)), undefined)
  store.close()
  assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
  assert.deepEqual(reopened(folder), [VALUE, kept('k', 'x', 1)])
})

test('when a former version had the folder meanwhile then the value that wins is there', (t) => {
  for (const [timestamp, isThere] of [
    [5, false],
    [9, true],
  ] as const) {
    const folder = newFolder(t)
    const store = Store.open(folder, silent)
    store.keep(VALUE)
    store.close()
    const other = kept('', 'meanwhile', timestamp)
    fs.writeFileSync(join(folder, 'value.json'), former(other, 2))
    assert.deepEqual(reopened(folder), [isThere ? other : VALUE])
    assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
  }
})

for (const damaged of [
  '',
  '{"value":"ol',
  '{"value":5,"timestamp":5}',
  '{"value":"x","timestamp":-1}',
  '{"value":"x","timestamp":5,"farmat":2}',
  '{"format":1,"value":"x","timestamp":5}',
  '{"format":2,"value":"x","timestamp":5}',
  former(VALUE, 2).replace('6', '7'),
  'null',
  '\0\0',
]) {
  test(`when value.json holds ${JSON.stringify(damaged)} then it is set aside with a warning, once`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'value.json'), damaged)
    const { store, warned } = looked(folder)
    assert.deepEqual(store.kept, [])
    assert.equal(warned.length, 1)
    assert.match(
      warned[0]!,
      /^value\.json in .* is damaged: set aside as value\.json\.aside-\d+; starts without it$/,
    )
    const [aside] = fs.readdirSync(folder)
    assert.equal(fs.readFileSync(join(folder, aside!), 'utf8'), damaged)
    assert.deepEqual(looked(folder).warned, [])
  })
}

for (const [how, bytes] of [
  ['with a byte order mark', Buffer.from(`\ufeff${former(VALUE, 1)}`)],
  ['in UTF-16', Buffer.from(`\ufeff${former(VALUE, 1)}`, 'utf16le')],
] as const) {
  test(`when an editor saved value.json ${how} then its value is there`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'value.json'), bytes)
    assert.deepEqual(reopened(folder), [VALUE])
  })
}

/** A line of a journal, as any version writes them. */
function line(it: object): string {
  const body = JSON.stringify(it).slice(0, -1)
  return `\n${body},"crc32":"${crc32(body).toString(16).padStart(8, '0')}"}\n`
}

for (const [name, text, read] of [
  ['values.jsonl', line({ format: 4, compressed: true }), 3],
  ['value.json', '{"format":3,"values":{}}', 2],
] as const) {
  test(`when ${name} is of a later format then the node is refused, and all stays as it is`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, name), text)
    assert.throws(() => Store.open(folder, silent), {
      message: `can't keep values in ${folder}: ${name} is of format ${read + 1}, and this version of gossip reads formats up to ${read}`,
    })
    assert.deepEqual(fs.readdirSync(folder), [name])
    assert.equal(fs.readFileSync(join(folder, name), 'utf8'), text)
  })
}

for (const entry of [
  { key: 'k', value: 5, timestamp: 1 },
  { key: 'k', value: 'x', timestamp: -1 },
  { key: 'k', value: 'x', timestamp: 1.5 },
  { key: 'k', value: 'x', timestamp: 1, more: 1 },
  { key: 'k'.repeat(257), value: 'x', timestamp: 1 },
  { key: 'k', value: 'x' },
  { what: 'else' },
]) {
  test(`when a line says ${JSON.stringify(entry).slice(0, 60)} then it is set aside as damaged`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'values.jsonl'), line({ format: 3 }) + line(entry) + line(VALUE))
    const { store, warned } = looked(folder)
    assert.deepEqual(store.kept, [VALUE])
    assert.match(warned.join(), /: damaged lines \(1\) set aside/)
  })
}
