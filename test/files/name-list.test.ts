import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { namesIn } from '../../src/files/name-list.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-listed-'))
  for (const it of ['a, b.ts', 'plain.ts', 'plain.ts,b.ts', ',,odd ,.ts']) writeFileSync(join(folder, it), '')
})
after(() => rmSync(folder, { recursive: true }))

/** @ stands for the folder. */
const cases: [text: string, names: string[]][] = [
  ['push', ['push']],
  ['push,pull', ['push', 'pull']],
  ['push, pull rumor', ['push', 'pull', 'rumor']],
  ['@/a, b.ts', ['@/a, b.ts']],
  ['push,@/a, b.ts,pull', ['push', '@/a, b.ts', 'pull']],
  ['@/a, b.ts @/a, b.ts', ['@/a, b.ts', '@/a, b.ts']],
  ['@/plain.ts,push', ['@/plain.ts', 'push']],
  // The longest file that is there.
  ['@/plain.ts,b.ts', ['@/plain.ts,b.ts']],
  ['@/,,odd ,.ts,push', ['@/,,odd ,.ts', 'push']],
  // What is not there is named whole.
  ['./no such, file.ts,push', ['./no such, file.ts', 'push']],
  ['./none.ts,./other.ts', ['./none.ts', './other.ts']],
  ['./none,push', ['./none', 'push']],
]
for (const [text, names] of cases)
  test(`when ${text} is given then it names ${names.length}`, () => {
    const here = (it: string): string => it.replaceAll('@', folder)
    assert.deepEqual(namesIn(here(text), /[\s,]+/, '.ts').filter(Boolean), names.map(here))
  })
