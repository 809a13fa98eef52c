/** Each story in test/trace is told again, and must be what its file says. README.md there tells how to rewrite them. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { root } from '../../src/loader/root.ts'
import { Story } from './story.ts'

const folder = `${root}test/trace/`
const isRewritten = process.env.UPDATE_TRACES === '1'

/** The file as it should be: comments and commands as they are, and what happens. */
async function told(text: string): Promise<string> {
  const story = new Story()
  const blocks: string[] = []
  for (const block of text.trim().split(/\n{2,}/)) {
    const lines = block.split('\n')
    const commands = lines.slice(0, lines.includes('----') ? lines.indexOf('----') : lines.length)
    const events = await story.tell(commands.filter((it) => !it.startsWith('#')))
    const isComment = commands.every((it) => it.startsWith('#'))
    blocks.push([...commands, ...(isComment ? [] : ['----', ...events])].join('\n'))
  }
  return `${blocks.join('\n\n')}\n`
}

for (const file of readdirSync(folder).filter((it) => it.endsWith('.txt'))) {
  test(`when the story of ${file} is told then it is what the file says`, async () => {
    const written = readFileSync(folder + file, 'utf8')
    const now = await told(written)
    if (isRewritten) writeFileSync(folder + file, now)
    else assert.equal(now, written)
  })
}

test('when stories are listed then there are those that a newcomer wants to read', () => {
  assert.ok(readdirSync(folder).filter((it) => it.endsWith('.txt')).length >= 6)
})
