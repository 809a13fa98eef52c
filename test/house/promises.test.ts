/** The table of promises in test/README.md names tests that exist. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from './source.ts'

const rows = readFileSync(join(root, 'test/README.md'), 'utf8')
  .split('\n')
  .filter((it) => it.startsWith('| '))
  .slice(2)

for (const row of rows) {
  const [, promise = '', tests = ''] = row.split('|').map((it) => it.trim())
  test(`when it is promised that ${promise} then the tests that are named are there`, () => {
    const names = [...tests.matchAll(/`([^`]+)`/g)].map(([, name]) => name!)
    assert.ok(names.length > 0)
    for (const name of names) {
      const [, bench] = /^npm run bench -- ([a-z]+)/.exec(name) ?? []
      const file = bench !== undefined ? `bench/${bench}.ts` : name.endsWith('/') ? name : `${name}.test.ts`
      assert.ok(existsSync(join(root, 'test', file)), file)
    }
  })
}
