import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { pino } from 'pino'
import { type Disk, Store } from '../../../src/daemon/storage/store.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'

const OLD = { value: 'old', timestamp: 5 }
const NEW = { value: 'new "\ud800 \n', timestamp: 6 }

function reopened(folder: string) {
  const store = Store.open(folder, silent)
  store.close()
  return store.kept
}

/** What a store warns of. */
function listening() {
  const warned: string[] = []
  const log = pino({ level: 'warn' }, { write: (line) => void warned.push(JSON.parse(line).msg) })
  return { warned, log }
}

function fault(code: string): never {
  throw Object.assign(new Error(`${code}: it failed`), { code })
}

test('when a value was kept then it is there after the folder is opened again, and the last one only', (t) => {
  const folder = join(newFolder(t), 'made/on the way')
  const store = Store.open(folder, silent)
  assert.equal(store.kept, undefined)
  assert.equal(store.keep(OLD), undefined)
  assert.equal(store.keep(NEW), undefined)
  store.close()
  assert.deepEqual(reopened(folder), NEW)
  assert.deepEqual(fs.readdirSync(folder), ['value.json'])
})

test('when a value is kept then it is synced before it gets its name, and its name after', (t) => {
  const folder = newFolder(t)
  const calls: string[] = []
  const paths = new Map<number, string>()
  const disk: Disk = {
    ...fs,
    openSync: ((path: string, flags: string) => {
      const opened = fs.openSync(path, flags)
      paths.set(opened, path.slice(folder.length))
      return opened
    }) as typeof fs.openSync,
    writeFileSync: (opened, data) => {
      calls.push(`write ${paths.get(opened as number)}`)
      fs.writeFileSync(opened, data)
    },
    fsyncSync: (opened) => {
      calls.push(`sync ${paths.get(opened)}`)
      fs.fsyncSync(opened)
    },
    renameSync: (from, to) => {
      calls.push('rename')
      fs.renameSync(from, to)
    },
  }
  const store = Store.open(folder, silent, disk)
  t.after(() => store.close())
  assert.equal(store.keep(OLD), undefined)
  assert.deepEqual(calls, ['write /value.json.tmp', 'sync /value.json.tmp', 'rename', 'sync '])
})

for (const [step, code, says] of [
  ['openSync', 'EROFS', /read-only \(EROFS\)/],
  ['writeFileSync', 'ENOSPC', /the disk is full \(ENOSPC\)/],
  ['fsyncSync', 'EIO', /the disk failed \(EIO\)/],
  ['renameSync', 'EACCES', /not allowed there \(EACCES\)/],
] as const) {
  test(`when ${step} fails with ${code} then keep says why, and the value before stays`, (t) => {
    const folder = newFolder(t)
    let fails = false
    const real: Disk = { ...fs }
    const does = real[step] as (...args: unknown[]) => unknown
    const disk: Disk = { ...real, [step]: (...args: unknown[]) => (fails ? fault(code) : does(...args)) }
    const store = Store.open(folder, silent, disk)
    assert.equal(store.keep(OLD), undefined)
    fails = true
    assert.match(store.keep(NEW) ?? '', says)
    store.close()
    assert.deepEqual(fs.readdirSync(folder), ['value.json'])
    assert.deepEqual(reopened(folder), OLD)
  })
}

for (const damaged of [
  '',
  '{"value":"ol',
  '{"value":5,"timestamp":5}',
  '{"value":"x","timestamp":-1}',
  '{"value":"x","timestamp":5,"farmat":2}',
  '{"format":1,"value":"x","timestamp":5}',
  '{"format":2,"value":"x","timestamp":5}',
  'null',
  '\0\0',
]) {
  test(`when the file holds ${JSON.stringify(damaged)} then it is set aside with a warning, once`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'value.json'), damaged)
    const { warned, log } = listening()
    const store = Store.open(folder, log)
    assert.equal(store.kept, undefined)
    assert.equal(warned.length, 1)
    assert.match(warned[0]!, /damaged: set aside as value\.json\.damaged-\d+/)
    assert.equal(store.keep(NEW), undefined)
    store.close()
    const [aside] = fs.readdirSync(folder).filter((it) => it.includes('damaged'))
    assert.equal(fs.readFileSync(join(folder, aside!), 'utf8'), damaged)
    assert.deepEqual(reopened(folder), NEW)
  })
}

test('when any bit of a kept file is flipped then no other value is read from it', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  assert.equal(store.keep({ value: '100', timestamp: 5 }), undefined)
  store.close()
  const file = join(folder, 'value.json')
  const whole = fs.readFileSync(file)
  let aside = 0
  let refused = 0
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const bytes = Buffer.from(whole)
    bytes[bit >> 3]! ^= 1 << (bit & 7)
    fs.writeFileSync(file, bytes)
    try {
      assert.equal(reopened(folder), undefined, bytes.toString())
      aside += 1
    } catch (error) {
      // A version that is not this one's.
      assert.match((error as Error).message, /value\.json is of format [36], and this version/)
      refused += 1
    }
  }
  assert.deepEqual([aside, refused], [whole.length * 8 - 2, 2])
})

test('when a file is of the first format, without a checksum, then its value is there', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'value.json'), `${JSON.stringify(NEW)}\n`)
  assert.deepEqual(reopened(folder), NEW)
})

test('when a file is of a later format then the node is refused, and the file stays', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'value.json'), '{"format":3,"values":{}}')
  assert.throws(
    () => Store.open(folder, silent),
    /^Error: can't keep the value in [^\n]*: value\.json is of format 3, and this version of gossip reads formats up to 2$/,
  )
  assert.deepEqual(fs.readdirSync(folder), ['value.json'])
})

test('when a value is set aside then it survives the next one, until it is dropped', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  store.keep(NEW)
  store.setAside(NEW)
  assert.equal(store.keep(OLD), undefined)
  store.close()
  const again = Store.open(folder, silent)
  assert.deepEqual([again.kept, again.ahead], [OLD, NEW])
  // Of two the one stays that wins.
  again.setAside(OLD)
  assert.deepEqual(again.ahead, NEW)
  again.dropAhead()
  again.close()
  assert.deepEqual(reopened(folder), OLD)
  assert.deepEqual(fs.readdirSync(folder), ['value.json'])
})

test('when a value can not be set aside then no other takes its place', (t) => {
  const folder = newFolder(t)
  let fails = false
  const renameSync: Disk['renameSync'] = (from, to) => (fails ? fault('EIO') : fs.renameSync(from, to))
  const store = Store.open(folder, silent, { ...fs, renameSync })
  t.after(() => store.close())
  store.keep(NEW)
  fails = true
  store.setAside(NEW)
  assert.equal(store.keep(OLD), "it can't be kept: the disk failed (EIO)")
  fails = false
  assert.equal(store.keep(OLD), undefined)
  assert.deepEqual(fs.readdirSync(folder).sort(), ['lock', 'value.json', 'value.json.ahead'])
})

const ODD: Readonly<Record<string, (path: string, folder: string) => void>> = {
  'a pipe': (path) => void execFileSync('mkfifo', [path]),
  'a link to a device': (path) => fs.symlinkSync('/dev/zero', path),
  'a link to a file': (path, folder) => {
    fs.writeFileSync(join(folder, 'mine'), JSON.stringify(OLD))
    fs.symlinkSync(join(folder, 'mine'), path)
  },
  'a link to nowhere': (path) => fs.symlinkSync('/nowhere/at/all', path),
  'a folder': (path) => fs.mkdirSync(join(path, 'x'), { recursive: true }),
}

for (const [odd, make] of Object.entries(ODD)) {
  test(`when ${odd} is in the place of the value then it is set aside with a warning`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'value.json'), folder)
    const { warned, log } = listening()
    const store = Store.open(folder, log)
    t.after(() => store.close())
    assert.equal(store.kept, undefined)
    assert.equal(warned.length, 1)
    assert.match(warned[0]!, /value\.json in .* is no file: set aside as value\.json\.damaged-\d+/)
    assert.equal(store.keep(NEW), undefined)
  })

  test(`when ${odd} is in the place of the lock then it is refused in one line`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'lock'), folder)
    assert.throws(() => Store.open(folder, silent), /^Error: .*lock is no file, and no lock: remove it$/)
  })

  test(`when ${odd} is in the place of the draft then nothing is written to it`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'value.json.tmp'), folder)
    const store = Store.open(folder, silent)
    const why = store.keep(NEW)
    store.close()
    assert.equal(why, odd === 'a folder' ? "it can't be kept: that is a folder (EISDIR)" : undefined)
    if (odd === 'a link to a file')
      assert.deepEqual(JSON.parse(fs.readFileSync(join(folder, 'mine'), 'utf8')), OLD)
    if (odd !== 'a folder') assert.deepEqual(reopened(folder), NEW)
  })
}

for (const [how, bytes] of [
  ['with a byte order mark', Buffer.from(`\ufeff${JSON.stringify(OLD)}`)],
  ['in UTF-16', Buffer.from(`\ufeff${JSON.stringify(OLD)}`, 'utf16le')],
] as const) {
  test(`when an editor saved the file ${how} then its value is there`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'value.json'), bytes)
    assert.deepEqual(reopened(folder), OLD)
  })
}

test('when the file is no text any more then it is set aside', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'value.json'), Buffer.from('{"value":"\xff","timestamp":5}', 'latin1'))
  assert.equal(reopened(folder), undefined)
  assert.match(fs.readdirSync(folder).join(), /^value\.json\.damaged-\d+$/)
})

test('when files are damaged again and again then only the last few are kept', (t) => {
  const folder = newFolder(t)
  const before = [1, 2, 3, 4, 5].map((it) => `value.json.damaged-176400000000${it}`)
  for (const it of before) fs.writeFileSync(join(folder, it), '')
  fs.writeFileSync(join(folder, 'value.json'), 'x')
  reopened(folder)
  const left = fs.readdirSync(folder).sort()
  assert.deepEqual(left.slice(0, 2), before.slice(3))
  assert.equal(left.length, 3)
})

test('when a crash left half a draft then it is of no account', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'value.json'), JSON.stringify(OLD))
  fs.writeFileSync(join(folder, 'value.json.tmp'), '{"val')
  const store = Store.open(folder, silent)
  assert.deepEqual(store.kept, OLD)
  store.keep(NEW)
  store.close()
  assert.deepEqual(reopened(folder), NEW)
})

test('when the folder is a file then it is refused in one line', (t) => {
  const file = join(newFolder(t), 'file')
  fs.writeFileSync(file, '')
  for (const folder of [file, join(file, 'below')])
    assert.throws(
      () => Store.open(folder, silent),
      /^Error: can't keep the value in .*: not a folder \(\w+\)$/,
    )
})

test('when a node of this process has the folder then another is refused until that one has given it up', (t) => {
  const folder = newFolder(t)
  const one = Store.open(folder, silent)
  assert.throws(
    () => Store.open(`${folder}/.`, silent),
    /^Error: another node of this process keeps its value in /,
  )
  one.close()
  assert.equal(reopened(folder), undefined)
})

test('when another process that lives has the folder then it is refused; a lock of a dead one, or none, is not', (t) => {
  const folder = newFolder(t)
  const lock = join(folder, 'lock')
  const begin = (pid: number) => {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  }
  const parent = process.ppid
  if (fs.existsSync(`/proc/${parent}/stat`)) {
    fs.writeFileSync(lock, `${parent} ${begin(parent)}\n`)
    assert.throws(() => Store.open(folder, silent), new RegExp(`process id ${parent} keeps its value in `))
    assert.ok(fs.existsSync(lock))
  }
  for (const stale of [`${parent} 1\n`, `${process.pid} 1\n`, '4194305 7\n', '', 'x', `-1 \n`]) {
    fs.writeFileSync(lock, stale)
    assert.equal(reopened(folder), undefined)
    assert.ok(!fs.existsSync(lock))
  }
})
