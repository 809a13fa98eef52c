import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'

const log = new URL('../../../src/daemon/log/json-log.js', import.meta.url).href

/** A process that logs by the script's `log`, and what it says of its memory. */
function logging(script: string) {
  const code = `import { jsonLog } from ${JSON.stringify(log)}; const log = jsonLog('info'); ${script}`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  return { child, output: child.stdout! }
}

async function all(output: NodeJS.ReadableStream): Promise<string> {
  let text = ''
  for await (const part of output) text += part
  return text
}

test('when nobody reads a log then only so much of it is held, and it is told how much was dropped', async (t) => {
  // Texts of letters alone: each is a kind of its own, at first.
  const { child, output } = logging(`
    const long = 'x'.repeat(16000)
    for (let i = 0; i < 2000; i++) log.child({ long }).info('line')
    const { rss } = process.memoryUsage()
    setTimeout(() => {}, 60000)
    process.on('message', () => process.exit(0))
    process.send(rss)`)
  t.after(() => child.kill('SIGKILL'))
  const [rss] = await once(child, 'message')
  assert.ok(rss < 250e6, `${rss} bytes`)
  let text = ''
  output.on('data', (part) => {
    text += part
  })
  while (!text.includes('nobody read them')) await sleep(20)
  child.send('end')
  await once(child, 'exit')
  const lines = text
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it))
  const [, dropped] = /^dropped (\d+) lines/.exec(lines.at(-1).msg)!
  assert.equal(lines.length - 1 + Number(dropped), 2000)
  assert.ok(Number(dropped) > 1900)
})

test('when nobody reads a log then its process ends all the same', async (t) => {
  const { child } = logging(`
    for (let i = 0; i < 500; i++) log.child({ long: 'x'.repeat(16000) }).info('line')
    process.exit(7)`)
  t.after(() => child.kill('SIGKILL'))
  const [code] = await once(child, 'exit')
  assert.equal(code, 7)
})

test('when a line is too long then what matters of it is left, and it is JSON', async () => {
  const { output } = logging(`
    log.info({ server: 'a:1', list: 'x'.repeat(100000) }, 'hello')
    log.warn('y'.repeat(1e6))`)
  const lines = (await all(output)).trimEnd().split('\n')
  const [first, second] = lines.map((it) => JSON.parse(it))
  assert.deepEqual([first.level, first.server, first.msg], ['info', 'a:1', 'hello'])
  assert.ok(first.cut > 100_000)
  assert.ok(lines[1]!.length < 1000 && second.msg.startsWith('yyy'))
})

test('when one kind of line floods a log then it is told some times and counted, and what is fatal is told', async () => {
  const { output } = logging(`
    for (let i = 0; i < 5000; i++) log.info({ peer: i }, 'found 127.0.0.1:' + i)
    log.fatal('ends')`)
  const lines = (await all(output)).trimEnd().split('\n')
  assert.equal(lines.length, 201)
  assert.equal(JSON.parse(lines.at(-1)!).msg, 'ends')
})
