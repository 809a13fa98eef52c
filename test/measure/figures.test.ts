import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { FIGURE_TABLE, FIGURES } from '../../src/measure/figures.ts'

const readme = textOf('measure')

function textOf(room: string): string {
  return readFileSync(new URL(`../../../src/${room}/README.md`, import.meta.url), 'utf8')
}

test('when a figure is told of many runs then the README says what it is, in the order of the tables', () => {
  const [, rows = ''] = /\| figure \| what it is \|\n\| --- \| --- \|\n((?:\|.*\n)+)/.exec(readme) ?? []
  const [reached, ...others] = rows.trimEnd().split('\n')
  assert.match(reached!, /^\| `reached` \|/)
  assert.deepEqual(
    others,
    FIGURES.map((name) => {
      const { is, unit } = FIGURE_TABLE[name]
      return `| \`${name}\` | ${is}${unit === 'time' ? '; ms, or rounds' : ''} |`
    }),
  )
})

test('when a figure is told of each run only then the README names it, too', () => {
  const [, named = ''] =
    /`--json` prints one object a run, with these and\s+`([^`]*)`/.exec(textOf('simulation')) ?? []
  const others = Object.entries(FIGURE_TABLE).flatMap(([name, { told }]) => (told === 'summed' ? [] : [name]))
  assert.deepEqual(
    others.filter((it) => !named.split(' ').includes(it)),
    [],
  )
})
