/** Whatever happens in whatever order, and wherever it ends: what was acknowledged is there. */
import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Disk } from '../../../src/daemon/storage/disk.ts'
import { Store } from '../../../src/daemon/storage/store.ts'
import type { Value } from '../../../src/gossip/value.ts'
import { newFolder } from '../folder.ts'
import { silent } from '../node.ts'
import { Dice } from '../world/dice.ts'
import { LossyDisk } from '../world/disk.ts'
import { kept, looked, sorted } from './opened.ts'

const keys = ['', 'a', 'b', '\ud800']

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('keep' as const),
      key: fc.constantFrom(...keys),
      size: fc.constantFrom(0, 3, 9000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constantFrom('forget' as const, 'setAside' as const, 'dropAhead' as const),
      key: fc.constantFrom(...keys),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('full' as const), isFull: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('restart' as const) }) },
  // The power goes after so many steps of the disk.
  { weight: 2, arbitrary: fc.record({ does: fc.constant('lose power' as const), after: fc.nat(12) }) },
)

type Step = typeof step extends fc.Arbitrary<infer It> ? It : never

/** A store on a disk that fails, and what it may hold after a crash. */
class Story {
  readonly #folder: string
  readonly #disk: LossyDisk
  #store: Store
  #timestamp = 0
  /** What must be there of each key: one of these, where undefined is nothing. The last one is what it holds. */
  readonly #may = new Map<string, (Value | undefined)[]>()
  readonly #ahead = new Map<string, (Value | undefined)[]>()
  hasDied = false

  constructor(folder: string, seed: number) {
    this.#folder = folder
    this.#disk = new LossyDisk(new Dice(seed, 0, 'faults'), () => {
      this.hasDied = true
    })
    this.#store = Store.open(folder, silent, this.#disk)
  }

  do(it: Step): void {
    switch (it.does) {
      case 'keep':
        this.#keep(it.key, it.size)
        return
      case 'forget':
        this.#store.forget(it.key)
        this.#may.get(it.key)?.push(undefined)
        return
      case 'setAside': {
        const value = this.#store.get(it.key)
        if (value === undefined) return
        this.#store.setAside(value)
        this.#may.get(it.key)!.push(undefined)
        const before = this.#ahead.get(it.key) ?? [undefined]
        this.#ahead.set(it.key, [...before, value])
        return
      }
      case 'dropAhead':
        this.#store.dropAhead(it.key)
        this.#ahead.get(it.key)?.push(undefined)
        return
      case 'full':
        this.#disk.isFull = it.isFull
        return
      case 'restart':
        this.restart()
        return
      case 'lose power':
        this.#disk.failAfter(it.after)
    }
  }

  #keep(key: string, size: number): void {
    this.#timestamp += 1
    const value = kept(key, size === 0 ? null : `${this.#timestamp}`.padEnd(size, 'x'), this.#timestamp)
    const why = this.#store.keep(value)
    if (why !== undefined) {
      // It may be there after a crash, though nobody was told so.
      const now = this.#may.get(key) ?? [undefined]
      this.#may.set(key, [value, ...now])
      return
    }
    // All that was told before is safe with it.
    for (const map of [this.#may, this.#ahead]) for (const [it, all] of map) map.set(it, [all.at(-1)])
    this.#may.set(key, [value])
  }

  /** The process has ended, and maybe the machine. */
  restart(): void {
    this.#store.close()
    if (this.hasDied) this.#disk.losePower()
    this.hasDied = false
    const { store } = looked(this.#folder)
    this.#check(store.kept, this.#may)
    this.#check(store.ahead, this.#ahead)
    this.#store = Store.open(this.#folder, silent, this.#disk)
    for (const it of keys) {
      this.#may.set(it, [store.get(it)])
      this.#ahead.set(it, [store.ahead.find(({ key }) => key === it)])
    }
  }

  #check(found: readonly Value[], may: ReadonlyMap<string, (Value | undefined)[]>): void {
    for (const key of keys) {
      const value = found.find((it) => it.key === key)
      const all = may.get(key) ?? [undefined]
      const isRight = all.some((it) => JSON.stringify(it) === JSON.stringify(value))
      assert.ok(isRight, `${JSON.stringify(key)} has ${told(value)}, not one of ${all.map(told)}`)
    }
    assert.ok(found.every(({ key }) => keys.includes(key)))
  }
}

function told(it: Value | undefined): string {
  return it === undefined ? 'nothing' : `${it.value?.slice(0, 5)}... of ${it.timestamp}`
}

test('when anything happens in any order, and the power goes at any step of the disk, then what was acknowledged is there, and nothing else', (t) => {
  let deaths = 0
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), fc.nat(), (steps, seed) => {
      const folder = fs.mkdtempSync(join(newFolder(t), 'x'))
      const story = new Story(folder, seed)
      for (const it of steps) {
        story.do(it)
        if (!story.hasDied) continue
        deaths += 1
        story.restart()
      }
      story.restart()
    }),
    { numRuns: 300 },
  )
  assert.ok(deaths > 30, `${deaths} power losses`)
})

/** Values of which one more makes the journal be written anew. */
function nearly(t: TestContext): { folder: string; values: Value[] } {
  const folder = newFolder(t)
  const store = Store.open(folder, silent)
  const file = join(folder, 'values.jsonl')
  const other = kept('other', 'x', 1)
  store.keep(other)
  let value = kept('k', '', 0)
  // It is written anew beyond 64 KiB more than twice what it first had.
  while (fs.statSync(file).size < 65_000) {
    value = kept('k', 'x'.repeat(600), value.timestamp + 1)
    assert.equal(store.keep(value), undefined)
  }
  store.close()
  return { folder, values: [value, other] }
}

const { openSync, writeFileSync, fsyncSync, fstatSync, ftruncateSync, closeSync, renameSync, unlinkSync } = fs
const calls = {
  openSync,
  writeFileSync,
  fsyncSync,
  fstatSync,
  ftruncateSync,
  closeSync,
  renameSync,
  unlinkSync,
}

/** A disk that fails at one call, or from then on. */
function failing(at: number, isForGood: boolean): { disk: Disk; count(): number } {
  let count = 0
  const wrapped = Object.entries(calls).map(([name, does]) => {
    const fails = (...args: unknown[]): unknown => {
      count += 1
      const isNow = isForGood ? count > at : count === at + 1
      const fault = Object.assign(new Error('EIO: it failed'), { code: 'EIO' })
      // What is closed is closed, whatever the system says.
      if (isNow && name !== 'closeSync') throw fault
      const result = (does as (...args: unknown[]) => unknown)(...args)
      if (isNow) throw fault
      return result
    }
    return [name, fails]
  })
  return { disk: Object.fromEntries(wrapped), count: () => count }
}

for (const isForGood of [false, true]) {
  test(`when the disk fails${isForGood ? ' for good' : ''} at any call while the journal is written anew then nothing that was acknowledged is lost`, (t) => {
    let rewritten = 0
    for (let at = 0; ; at++) {
      const { folder, values } = nearly(t)
      const file = join(folder, 'values.jsonl')
      const { disk, count } = failing(at, isForGood)
      const store = Store.open(folder, silent, disk)
      const next = kept('next', 'y'.repeat(5000), 1)
      const why = store.keep(next)
      const held = why === undefined ? [...values, next] : values
      assert.deepEqual(sorted(store.kept), sorted(held), `call ${at}`)
      // As after kill -9 at that moment.
      const copy = newFolder(t)
      fs.cpSync(folder, copy, { recursive: true })
      const found = looked(copy).store.kept.filter(({ key }) => key !== 'next' || why === undefined)
      assert.deepEqual(sorted(found), sorted(held), `call ${at}`)
      if (fs.statSync(file).size < 10_000) rewritten += 1
      if (count() <= at) {
        store.close()
        assert.ok(at > 15, `${at} calls`)
        break
      }
      const last = kept('last', 'z', 2)
      const isOver = store.keep(last) === undefined
      assert.equal(isOver, !isForGood)
      store.close()
      const { store: again, warned } = looked(folder)
      if (isOver) assert.deepEqual([sorted(again.kept), warned], [sorted([...held, last]), []], `call ${at}`)
    }
    assert.ok(rewritten > 0)
  })
}
