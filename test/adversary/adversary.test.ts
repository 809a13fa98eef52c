/**
 * Every attack in its short form. How fast a node is under it is told, and decides nothing but that it is not stuck:
 * `npm run bench -- adversary` holds the goals.
 */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isHeldTold } from '../cli/held.ts'
import { Arena } from './arena.ts'
import { attacks, textOf } from './attack.ts'

// What a node holds is read in /proc. They wait most of the time: some do so at the same time.
if (isHeldTold) {
  const all = await attacks()
  describe('adversary', { concurrency: 3 }, () => {
    for (const [name, { what, run }] of all) {
      test(`when ${what} then the nodes hold (${name})`, async (t) => {
        const figures = await run(new Arena(t, true))
        for (const it of figures) t.diagnostic(textOf(it))
        for (const it of figures) assert.ok(it.figure <= it.tolerated, textOf(it))
      })
    }
  })
}
