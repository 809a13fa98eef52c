import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOnly, sourcesOf } from './source.ts'

/** What prints: where that is, what others wrote is made printable. A progress bar is made of numbers alone. */
const MAY = ['cli/output/terminal.ts', 'cli/output/progress.ts']

test('when a command prints something then it does so through the one place that makes it safe for a terminal', () => {
  const prints = sourcesOf('cli').filter(({ text }) =>
    /\bconsole\s*\.|\bstd(?:out|err)\s*\.\s*write\b|\bwriteSync\b/.test(codeOnly(text)),
  )
  assert.deepEqual(
    prints.map(({ path }) => path).filter((path) => !MAY.includes(path)),
    [],
  )
})
