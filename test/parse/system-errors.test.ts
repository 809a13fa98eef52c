/** What the system says in words: those of a file are not those of the network, nor the other way round. */
import assert from 'node:assert/strict'
import * as fs from 'node:fs'
import { createConnection, createServer } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { describe, wordsOf } from '../../src/parse/system-errors.ts'
import { newFolder } from '../daemon/folder.ts'

const words: [code: string, syscall: string, says: string][] = [
  ['EACCES', 'open', 'not allowed to open it'],
  ['EPERM', 'open', 'not allowed to open it'],
  ['EACCES', 'read', 'not allowed to read it'],
  ['EPERM', 'write', 'not allowed to write to it'],
  ['EACCES', 'mkdir', 'not allowed to make a folder there'],
  ['EACCES', 'scandir', 'not allowed to read that folder'],
  ['EPERM', 'rename', 'not allowed there'],
  ['EACCES', 'unlink', 'not allowed there'],
  ['EACCES', 'stat', 'not allowed there'],
  ['EACCES', 'spawn sh', 'not allowed to run it'],
  ['EACCES', 'listen', 'not allowed to listen there'],
  ['EPERM', 'bind', 'not allowed to listen there'],
  ['EACCES', 'connect', 'not allowed to connect there'],
  ['ENOENT', 'open', 'no such file or folder'],
  ['EISDIR', 'read', 'that is a folder'],
  ['ENOTDIR', 'open', 'not a folder'],
  ['EEXIST', 'mkdir', 'not a folder'],
  ['EEXIST', 'open', 'it is there already'],
  ['EROFS', 'open', 'the file system is read-only'],
  ['EROFS', 'mkdir', 'the file system is read-only'],
  ['ENOSPC', 'write', 'the disk is full'],
  ['EDQUOT', 'write', 'the disk quota is used up'],
  ['EFBIG', 'write', 'the file would be too large'],
  ['ELOOP', 'open', 'links that lead in a circle'],
  ['ENAMETOOLONG', 'open', 'the name is too long'],
  ['EPIPE', 'write', 'nobody reads it any more'],
  ['EMFILE', 'open', 'this process has too many files open (ulimit -n)'],
  ['EMFILE', 'connect', 'this process has too many files open (ulimit -n)'],
  ['ENFILE', 'listen', 'this machine has too many files open'],
  ['EADDRINUSE', 'listen', 'that port is taken'],
  ['EADDRNOTAVAIL', 'listen', 'this machine has no such address'],
  ['ECONNREFUSED', 'connect', 'nothing listens there'],
  ['ENOTFOUND', 'getaddrinfo', 'no such host'],
]
for (const [code, syscall, says] of words) {
  test(`when ${syscall} ends with ${code} then it says: ${says}`, () => {
    const error = Object.assign(new Error(`${code}: ?, ${syscall}`), { code, syscall })
    assert.equal(wordsOf(error), says)
    assert.equal(describe(error), says)
  })
}

const real: [what: string, act: (folder: string) => unknown, says: RegExp][] = [
  ['a file is not there', (it) => fs.readFileSync(join(it, 'none')), /none: no such file or folder$/],
  ['a folder is read', (it) => fs.readFileSync(it), /^that is a folder$/],
  ['a folder is written', (it) => fs.writeFileSync(it, ''), /: that is a folder$/],
  ['a file is taken for a folder', (it) => fs.readFileSync(join(it, 'file/x')), /x: not a folder$/],
  ['a folder is made over a file', (it) => fs.mkdirSync(join(it, 'file')), /file: not a folder$/],
  [
    'a link leads to itself',
    (it) => fs.readFileSync(join(it, 'circle')),
    /circle: links that lead in a circle$/,
  ],
  ['a name has no end', (it) => fs.readFileSync(join(it, 'x'.repeat(300))), /x: the name is too long$/],
]
for (const [what, act, says] of real) {
  test(`when ${what} then it is said in words`, (t) => {
    const folder = newFolder(t)
    fs.writeFileSync(join(folder, 'file'), '')
    fs.symlinkSync('circle', join(folder, 'circle'))
    assert.match(
      faultOf(() => act(folder)),
      says,
    )
  })
}

function faultOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return describe(error)
  }
  return 'nothing went wrong'
}

test('when a port is taken, or nothing listens there, then it is said which', async (t) => {
  const port = await listeningPort(t)
  const taken = await new Promise<unknown>((resolve) =>
    createServer().once('error', resolve).listen(port, '127.0.0.1'),
  )
  assert.equal(describe(taken), `127.0.0.1:${port}: that port is taken`)
  const refused = await new Promise<unknown>((resolve) =>
    createConnection(1, '127.0.0.1').once('error', resolve),
  )
  assert.equal(describe(refused), '127.0.0.1:1: nothing listens there')
})

function listeningPort(t: TestContext): Promise<number> {
  const server = createServer()
  t.after(() => server.close())
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  )
}

const fault = (more: object): Error =>
  Object.assign(new Error('as the system says it\n    at some.ts:1'), more)

const whole: [what: unknown, text: string][] = [
  [fault({ code: 'EADDRINUSE', address: '127.0.0.1', port: 7000 }), '127.0.0.1:7000: that port is taken'],
  [fault({ code: 'ECONNREFUSED', address: '::1', port: 7000 }), '[::1]:7000: nothing listens there'],
  [fault({ code: 'ENOTFOUND', hostname: 'nowhere' }), 'nowhere: no such host'],
  [fault({ code: 'EISDIR', path: 'src' }), 'src: that is a folder'],
  [fault({ code: 'EMFILE' }), 'this process has too many files open (ulimit -n)'],
  [fault({ code: 'EOTHER' }), 'as the system says it'],
  ['just text', 'just text'],
]
for (const [what, text] of whole) {
  test(`when something fails then it is told in one line: ${text}`, () => assert.equal(describe(what), text))
}
