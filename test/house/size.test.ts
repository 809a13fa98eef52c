/** Rooms and files that a reader can take in. */
import assert from 'node:assert/strict'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { folders, sourcesOf } from './source.ts'

const MOST_FILES = 22
const MOST_LINES = 350

const sources = folders().flatMap(sourcesOf)

test(`when a folder has more than ${MOST_FILES} source files then it wants wings`, () => {
  const counts = new Map<string, number>()
  for (const { path } of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  assert.ok(counts.size > 20)
  assert.deepEqual(
    [...counts].filter(([, count]) => count > MOST_FILES),
    [],
  )
})

test(`when a source file has more than ${MOST_LINES} lines then it holds more than one idea`, () => {
  const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES)
  assert.deepEqual(
    long.map(({ path }) => path),
    [],
  )
})
