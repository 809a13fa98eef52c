import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readLines } from '../../src/files/lines.ts'
import { readText } from '../../src/files/text.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'gossip-files-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Both ways in which files are read must say and give the same. */
const readers: Record<string, (path: string) => Promise<string>> = {
  'all at once': async (path) => readText(path, 10_000_000),
  'line by line': async (path) => {
    const lines: string[] = []
    for await (const line of readLines(path)) lines.push(`${line}\n`)
    return lines.join('')
  },
}

const TEXT = 'Größe €\n🦊 second\n'
const good: Record<string, Buffer> = {
  'UTF-8': Buffer.from(TEXT),
  'UTF-8 with a byte order mark': Buffer.from(`\ufeff${TEXT}`),
  'UTF-16, little end first': Buffer.from(`\ufeff${TEXT}`, 'utf16le'),
  'UTF-16, big end first': Buffer.from(`\ufeff${TEXT}`, 'utf16le').swap16(),
  nothing: Buffer.from(''),
  'a byte order mark only': Buffer.from('\ufeff'),
}
const bad: Record<string, { make: (path: string) => void; says: (path: string) => string }> = {
  'a folder': { make: (path) => mkdirSync(path), says: (path) => `${path}: that is a folder` },
  'not there': { make: () => {}, says: (path) => `${path}: no such file` },
  'below a file': {
    make: (path) => writeFileSync(path, ''),
    says: (path) => `${path}/below: no such file`,
  },
  'a link to itself': {
    make: (path) => symlinkSync(path, path),
    says: (path) => `${path}: links that lead in a circle`,
  },
  compressed: {
    make: (path) => writeFileSync(path, gzipSync(TEXT)),
    says: (path) => `${path} is compressed (gzip): unpack it first`,
  },
  'a program': {
    make: (path) => writeFileSync(path, Buffer.from('\x7fELF\x02\0\0\0')),
    says: (path) => `${path} is not text: it holds bytes that are 0`,
  },
  'Latin-1': {
    make: (path) => writeFileSync(path, Buffer.from('a\nschön\n', 'latin1')),
    says: (path) => `${path}:2 is not UTF-8: save it as UTF-8`,
  },
}

for (const [how, read] of Object.entries(readers)) {
  for (const [what, bytes] of Object.entries(good))
    test(`when a file of ${what} is read ${how} then it is its text`, async () => {
      const path = join(folder, 'good')
      writeFileSync(path, bytes)
      assert.equal(await read(path), bytes.length > 3 ? TEXT : '')
    })

  for (const [what, { make, says }] of Object.entries(bad))
    test(`when what is to be read ${how} is ${what} then one line says so`, async (t) => {
      const path = join(folder, 'bad')
      t.after(() => rmSync(path, { recursive: true, force: true }))
      make(path)
      const asked = what === 'below a file' ? `${path}/below` : path
      await assert.rejects(read(asked), { message: says(path) })
    })

  test(`when a file may not be read, ${how}, then one line says so`, async () => {
    const path = join(folder, 'secret')
    writeFileSync(path, TEXT)
    chmodSync(path, 0)
    chmodSync(folder, 0o755)
    await asNobody(() => assert.rejects(read(path), { message: `${path}: not allowed to read it` }))
  })

  test(`when a socket is to be read ${how} then one line says so`, async (t) => {
    const path = join(folder, 'socket')
    const server = createServer().listen(path)
    await new Promise((done) => server.once('listening', done))
    t.after(() => server.close())
    await assert.rejects(read(path), { message: `${path}: that is no file, and no pipe that can be opened` })
  })
}

/** To root everything is allowed: then somebody else does it. */
async function asNobody(act: () => Promise<void>): Promise<void> {
  const isRoot = process.getuid?.() === 0
  if (isRoot) process.seteuid?.(65_534)
  try {
    await act()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

test('when a text is larger than allowed then it is refused', () => {
  const path = join(folder, 'large')
  writeFileSync(path, 'x'.repeat(1001))
  assert.equal(readText(path, 1001).length, 1001)
  assert.throws(() => readText(path, 1000), { message: `${path} is larger than 1000 bytes` })
})

test('when a named pipe is read then it is what is written to it, in however many parts', () => {
  const path = join(folder, 'pipe')
  spawnSync('mkfifo', [path])
  const writer = `(printf '1 2\\n'; sleep 0.2; printf '3 4\\n') > '${path}' &`
  spawnSync('sh', ['-c', writer], { stdio: 'ignore' })
  assert.equal(readText(path, 100), '1 2\n3 4\n')
})

test('when nobody writes to a named pipe then it is refused after a while, in one line', () => {
  const path = join(folder, 'silent')
  spawnSync('mkfifo', [path])
  assert.throws(() => readText(path, 100), { message: `${path}: nobody writes to that pipe` })
})
