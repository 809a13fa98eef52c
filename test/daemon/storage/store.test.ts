import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { DEFAULT_BOUNDS } from '../../../src/daemon/storage/bounded-values.ts'
import type { Disk } from '../../../src/daemon/storage/disk.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'
import { kept, listening, looked, reopened } from './opened.ts'

const OLD = kept('', 'old', 5)
const NEW = kept('', 'new "\ud800 \n', 6)
const OTHER = kept('\u0000 \ud800 "key"', 'x', 0)
const DELETED = kept('deleted', null, 7)

function fault(code: string): never {
  throw Object.assign(new Error(`${code}: it failed`), { code })
}

test('when values were kept then they are there after the folder is opened again, the last one of each key', (t) => {
  const folder = join(newFolder(t), 'made/on the way')
  const store = Store.open(folder, silent)
  assert.deepEqual(store.kept, [])
  for (const it of [OLD, OTHER, DELETED, NEW]) assert.equal(store.keep(it), undefined)
  store.close()
  assert.deepEqual(store.kept, [OTHER, DELETED, NEW])
  assert.deepEqual(store.get('deleted'), DELETED)
  assert.deepEqual(reopened(folder), [NEW, OTHER, DELETED])
  assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
})

test('when a key is forgotten then it is not there any more, and not again once another value was kept', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  for (const it of [NEW, OTHER, DELETED]) store.keep(it)
  store.forget('')
  store.forget('deleted')
  store.forget('none')
  assert.deepEqual(store.kept, [OTHER])
  assert.equal(store.keep(kept('z', 'z', 1)), undefined)
  store.close()
  assert.deepEqual(reopened(folder), [OTHER, kept('z', 'z', 1)])
})

/** What is done to a disk, in words. */
function watched(folder: string) {
  const calls: string[] = []
  const paths = new Map<number, string>()
  const disk: Disk = {
    ...fs,
    openSync: ((path: string, flags: string) => {
      const opened = fs.openSync(path, flags)
      paths.set(opened, path.slice(folder.length))
      return opened
    }) as typeof fs.openSync,
    writeFileSync: ((opened: number, data: string) => {
      calls.push(`write ${paths.get(opened)}`)
      fs.writeFileSync(opened, data)
    }) as typeof fs.writeFileSync,
    fsyncSync: (opened) => {
      calls.push(`sync ${paths.get(opened)}`)
      fs.fsyncSync(opened)
    },
    renameSync: (from, to) => {
      calls.push('rename')
      fs.renameSync(from, to)
    },
  }
  return { disk, told: () => calls.splice(0) }
}

test('when a value is kept then it is synced before that is said; a new file before it gets its name, and its name after', (t) => {
  const folder = newFolder(t)
  const { disk, told } = watched(folder)
  const one = Store.open(folder, silent, disk)
  assert.equal(one.keep(OLD), undefined)
  assert.deepEqual(told(), ['write /values.jsonl.tmp', 'sync /values.jsonl.tmp', 'rename', 'sync '])
  assert.equal(one.keep(OTHER), undefined)
  assert.deepEqual(told(), ['write /values.jsonl', 'sync /values.jsonl'])
  one.close()
  const again = Store.open(folder, silent, disk)
  assert.deepEqual(told(), ['sync /values.jsonl', 'sync '], 'whoever had it may have ended before a sync')
  again.close()
})

for (const [step, code, says] of [
  ['openSync', 'EROFS', /read-only \(EROFS\)/],
  ['writeFileSync', 'ENOSPC', /the disk is full \(ENOSPC\)/],
  ['fsyncSync', 'EIO', /the disk failed \(EIO\)/],
  ['renameSync', 'EACCES', /not allowed there \(EACCES\)/],
] as const) {
  test(`when ${step} fails with ${code} then keep says why, what was kept stays, and it goes on when that is over`, (t) => {
    const folder = newFolder(t)
    let fails = false
    const real: Disk = { ...fs }
    const does = real[step] as (...args: unknown[]) => unknown
    const disk: Disk = { ...real, [step]: (...args: unknown[]) => (fails ? fault(code) : does(...args)) }
    const store = Store.open(folder, silent, disk)
    for (const it of [OLD, OTHER]) assert.equal(store.keep(it), undefined)
    if (step === 'renameSync') fs.rmSync(join(folder, 'values.jsonl'))
    fails = true
    assert.match(store.keep(NEW) ?? '', says)
    assert.match(store.keep(DELETED) ?? '', says)
    assert.deepEqual(store.kept, [OLD, OTHER])
    if (step !== 'renameSync') assert.deepEqual(reopenedBeside(t, folder), [OLD, OTHER])
    fails = false
    assert.equal(store.keep(DELETED), undefined)
    store.close()
    assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
    assert.deepEqual(reopened(folder), [OLD, OTHER, DELETED])
  })
}

test('when a value is refused as its sync fails, and can not be taken back, then the next one does it', (t) => {
  const folder = newFolder(t)
  let fails = false
  const store = Store.open(folder, silent, {
    ...fs,
    fsyncSync: (file) => (fails ? fault('EIO') : fs.fsyncSync(file)),
    ftruncateSync: (file, size) => (fails ? fault('EIO') : fs.ftruncateSync(file, size)),
  })
  store.keep(OLD)
  fails = true
  assert.match(store.keep(OTHER) ?? '', /EIO/)
  fails = false
  assert.equal(store.keep(DELETED), undefined)
  store.close()
  assert.deepEqual(reopened(folder), [OLD, DELETED])
})

/** What somebody would find who had the folder now, after a crash. */
function reopenedBeside(t: TestContext, folder: string) {
  const copy = newFolder(t)
  fs.cpSync(folder, copy, { recursive: true })
  return reopened(copy)
}

for (const [what, spoil] of [
  ['removed', (file: string) => fs.rmSync(file)],
  ['emptied', (file: string) => fs.truncateSync(file)],
  [
    'replaced by a link',
    (file: string, folder: string) => {
      fs.rmSync(file)
      fs.writeFileSync(join(folder, 'mine'), '')
      fs.symlinkSync(join(folder, 'mine'), file)
    },
  ],
  [
    'replaced by a pipe',
    (file: string) => {
      fs.rmSync(file)
      execFileSync('mkfifo', [file])
    },
  ],
] as const) {
  test(`when the journal is ${what} under a node that runs then the next value brings all back`, (t) => {
    const folder = newFolder(t)
    const store = Store.open(folder, silent)
    for (const it of [OLD, OTHER]) store.keep(it)
    spoil(join(folder, 'values.jsonl'), folder)
    assert.equal(store.keep(NEW), undefined)
    assert.equal(store.keep(DELETED), undefined)
    store.close()
    assert.deepEqual(reopened(folder), [NEW, OTHER, DELETED])
  })
}

test('when what one key is told of grows without end then its journal does not', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  store.keep(OTHER)
  let most = 0
  for (let i = 0; i < 300; i++) {
    assert.equal(store.keep(kept('k', 'x'.repeat(2000), i)), undefined)
    most = Math.max(most, fs.statSync(join(folder, 'values.jsonl')).size)
  }
  store.close()
  assert.ok(most < 75_000, `${most} bytes`)
  assert.deepEqual(reopened(folder), [OTHER, kept('k', 'x'.repeat(2000), 299)])
})

test('when there is no room for a value or its key is too long then it is refused with the reason; a shorter one of a key that is there is not', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent, fs, { maxKeys: 2, maxHeld: 20 })
  assert.equal(store.keep(kept('a', 'x'.repeat(9), 1)), undefined)
  assert.equal(store.keep(kept('b', '\u00e9\u00e9\u00e9', 1)), undefined)
  assert.equal(store.keep(kept('c', '', 1)), "it can't be kept: there are 2 keys, and no more may be")
  const more = "it can't be kept: with it all values would have more than 20 bytes"
  assert.equal(store.keep(kept('b', '\u00e9\u00e9\u00e9\u00e9\u00e9', 2)), more)
  assert.equal(store.keep(kept('b', null, 2)), undefined)
  store.forget('a')
  assert.equal(store.keep(kept('c', 'x'.repeat(18), 1)), undefined)
  store.close()
  const again = looked(folder, { maxKeys: 2, maxHeld: 20 })
  assert.deepEqual([again.store.kept, again.warned], [[kept('b', null, 2), kept('c', 'x'.repeat(18), 1)], []])
})

test('when a key has more than 256 bytes then it is refused', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  assert.match(store.keep(kept('\u00e9'.repeat(129), 'x', 1)) ?? '', /its key is longer than 256 bytes/)
  const most = kept('\u00e9'.repeat(128), 'x', 1)
  assert.equal(store.keep(most), undefined)
  store.close()
  assert.deepEqual(reopened(folder), [most])
})

test('when a value is set aside then it is none, but survives the next one, until it is dropped', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  for (const it of [NEW, OTHER, DELETED]) store.keep(it)
  assert.equal(store.setAside(NEW), undefined)
  assert.equal(store.setAside(DELETED), undefined)
  assert.deepEqual(store.kept, [OTHER])
  assert.equal(store.keep(OLD), undefined)
  store.close()
  const again = Store.open(folder, silent)
  assert.deepEqual(
    [again.kept, again.ahead],
    [
      [OTHER, OLD],
      [NEW, DELETED],
    ],
  )
  again.dropAhead('')
  assert.deepEqual(again.ahead, [DELETED])
  again.keep(OTHER)
  again.close()
  const { store: last } = looked(folder)
  assert.deepEqual([last.kept, last.ahead], [[OLD, OTHER], [DELETED]])
})

test('when a crash comes before what is set aside was told then it is still kept', (t) => {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  store.keep(NEW)
  store.setAside(NEW)
  assert.deepEqual(reopenedBeside(t, folder), [NEW])
  store.close()
})

test('when another value is kept then what was set aside is told with it, or nothing is', (t) => {
  const folder = newFolder(t)
  let fails = false
  const store = Store.open(folder, silent, {
    ...fs,
    writeFileSync: ((file, data) =>
      fails ? fault('EIO') : fs.writeFileSync(file, data)) as Disk['writeFileSync'],
  })
  store.keep(NEW)
  fails = true
  store.setAside(NEW)
  assert.equal(store.keep(OLD), "it can't be kept: the disk failed (EIO)")
  assert.deepEqual(reopenedBeside(t, folder), [NEW])
  fails = false
  assert.equal(store.keep(OLD), undefined)
  store.close()
  const { store: again } = looked(folder)
  assert.deepEqual([again.kept, again.ahead], [[OLD], [NEW]])
})

test('when so much is set aside that there is no room then the next is not, with the reason', (t) => {
  const store = Store.open(newFolder(t), silent, fs, { ...DEFAULT_BOUNDS, maxKeys: 1 })
  store.keep(NEW)
  assert.equal(store.setAside(NEW), undefined)
  store.keep(DELETED)
  assert.match(store.setAside(DELETED) ?? '', /there are 1 keys/)
  assert.deepEqual([store.kept, store.ahead], [[DELETED], [NEW]])
  store.close()
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
  test(`when ${odd} is in the place of the journal then it is set aside with a warning`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'values.jsonl'), folder)
    const { warned, log } = listening()
    const store = Store.open(folder, log)
    t.after(() => store.close())
    assert.deepEqual(store.kept, [])
    assert.equal(warned.length, 1)
    assert.match(warned[0]!, /values\.jsonl in .* is no file: set aside as values\.jsonl\.aside-\d+/)
    assert.equal(store.keep(NEW), undefined)
  })

  test(`when ${odd} is in the place of the lock then it is refused in one line`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'lock'), folder)
    assert.throws(() => Store.open(folder, silent), /^Error: .*lock is no file, and no lock: remove it$/)
  })

  test(`when ${odd} is in the place of the draft then nothing is written to it`, (t) => {
    const folder = newFolder(t)
    make(join(folder, 'values.jsonl.tmp'), folder)
    const store = Store.open(folder, silent)
    const why = store.keep(NEW)
    store.close()
    assert.equal(why, odd === 'a folder' ? "it can't be kept: that is a folder (EISDIR)" : undefined)
    if (odd === 'a link to a file')
      assert.deepEqual(JSON.parse(fs.readFileSync(join(folder, 'mine'), 'utf8')), OLD)
    if (odd !== 'a folder') assert.deepEqual(reopened(folder), [NEW])
  })
}

test('when a crash left half a draft then it is of no account', (t) => {
  const folder = newFolder(t)
  fs.writeFileSync(join(folder, 'values.jsonl.tmp'), '{"val')
  const store = Store.open(folder, silent)
  assert.deepEqual(store.kept, [])
  store.keep(NEW)
  store.close()
  assert.deepEqual(reopened(folder), [NEW])
  assert.deepEqual(fs.readdirSync(folder), ['values.jsonl'])
})

test('when the folder is a file then it is refused in one line', (t) => {
  const file = join(newFolder(t), 'file')
  fs.writeFileSync(file, '')
  for (const folder of [file, join(file, 'below')])
    assert.throws(() => Store.open(folder, silent), /^Error: can't keep values in .*: not a folder \(\w+\)$/)
})

test('when a node of this process has the folder then another is refused until that one has given it up', (t) => {
  const folder = newFolder(t)
  const one = Store.open(folder, silent)
  assert.throws(
    () => Store.open(`${folder}/.`, silent),
    /^Error: another node of this process keeps its values in /,
  )
  one.close()
  assert.deepEqual(reopened(folder), [])
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
    assert.throws(() => Store.open(folder, silent), new RegExp(`process id ${parent} keeps its values in `))
    assert.ok(fs.existsSync(lock))
  }
  for (const stale of [`${parent} 1\n`, `${process.pid} 1\n`, '4194305 7\n', '', 'x', `-1 \n`]) {
    fs.writeFileSync(lock, stale)
    assert.deepEqual(reopened(folder), [])
    assert.ok(!fs.existsSync(lock))
  }
})
