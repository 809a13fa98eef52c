/** The READMEs' code, as a reader copies it: TypeScript compiles in strict mode, a shell's lines do what is said. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { after, before, test } from 'node:test'
import { ask } from '../daemon/client.ts'
import { blocksOf, READMES, textOf } from '../house/readmes.ts'
import { startNode } from './a-node.ts'
import { root, run } from './run.ts'

const guide = textOf('src/strategy/README.md')

interface Block {
  readonly where: string
  readonly text: string
}
const blocks = READMES.flatMap((file): Block[] =>
  blocksOf(textOf(file), 'ts', 'js').map((text, i) => ({ where: `${file}, block ${i + 1}`, text })),
)

let folder: string
before(() => {
  folder = mkdtempSync(`${tmpdir()}/gossip-blocks-`)
})
after(() => rmSync(folder, { recursive: true, force: true }))

test('when the READMEs show TypeScript or JavaScript then all of it compiles in strict mode', () => {
  assert.ok(blocks.length >= 9, `${blocks.length} blocks`)
  symlinkSync(`${root}node_modules`, `${folder}/node_modules`)
  writeFileSync(`${folder}/package.json`, '{ "type": "module" }')
  const paths = {
    gossip: [`${root}dist/src/library/index.d.ts`],
    'gossip/strategy': [`${root}dist/src/gossip/strategy.d.ts`],
  }
  const options = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true }
  const compilerOptions = { ...options, types: ['node'], paths }
  for (const [i, { text }] of blocks.entries()) writeFileSync(`${folder}/block-${i}.ts`, text)
  // That a fault would be found.
  writeFileSync(
    `${folder}/wrong.ts`,
    "import { strategy } from 'gossip/strategy'\nstrategy({ summery: '' })\n",
  )
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  const tsc = `${root}node_modules/typescript/bin/tsc`
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
  })
  const faults = stdout.split('\n').filter((it) => /^\S+\(\d/.test(it))
  const named = faults.map((it) => it.replace(/^block-(\d+)\.ts/, (_, i) => blocks[Number(i)]!.where))
  assert.deepEqual(
    named.filter((it) => !it.startsWith('wrong.ts')),
    [],
  )
  assert.equal(faults.filter((it) => it.startsWith('wrong.ts')).length, 1)
})

test("when the guide's strategy with helpers is run then they are called", async (t) => {
  const text = blocksOf(guide, 'ts').find((it) => it.includes('NodeOf'))
  const file = `${folder}/polite.ts`
  writeFileSync(file, text!)
  const { code, stdout, stderr } = await run(t, `gossip simulate --strategy ${file} --nodes 50 --json`)
  assert.deepEqual([code, stderr], [0, ''])
  const { infected, control } = JSON.parse(stdout)
  assert.ok(infected > 40 && control > 0.8, `${infected} ${control}`)
})

/** Runs a line in a shell in which that program is another. */
function shell(line: string, program: string, script: string) {
  const bin = mkdtempSync(`${folder}/bin-`)
  writeFileSync(`${bin}/${program}`, script, { mode: 0o755 })
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH}` }
  return spawnSync('sh', ['-c', line], { cwd: root, env, encoding: 'utf8', timeout: 30_000 })
}

test("when the README's line for a value is typed today then the node takes it", async (t) => {
  const [line = ''] = /^echo '\{"type":"value".*$/m.exec(textOf('src/daemon/README.md')) ?? []
  const { address, port } = await startNode(t)
  // It ends a second after the answer, as -w 1 says.
  const nc = `#!${process.execPath}
import { connect } from 'node:net'
const socket = connect(process.argv.at(-1), process.argv.at(-2))
process.stdin.pipe(socket, { end: false })
socket.on('data', (it) => process.stdout.write(it)).setTimeout(1000, () => socket.destroy())`
  assert.match(line, / \| nc -w 1 127\.0\.0\.1 7009/)
  // The node lives in another process, so that this one may wait for the shell.
  const { stdout, stderr } = shell(line.replace('7009', String(port)), 'nc', nc)
  assert.equal(JSON.parse(stdout.split('\n')[0]!).type, 'ack', stderr)
  const { value, timestamp } = await ask(t, address, { type: 'status' })
  assert.equal(value, 'hi')
  assert.ok(Math.abs(Date.now() - timestamp) < 120_000)
})

test('when Docker deals the ports out from another than 7000 then the README tells which to use', async (t) => {
  const [line = ''] = /^\.\/bin\/propagate -p "\$\(docker-compose port .*$/m.exec(textOf('README.md')) ?? []
  const { address, port } = await startNode(t)
  const script = `#!/bin/sh\n[ "$*" = "port --index 1 node 7000" ] && echo 127.0.0.1:${port}\n`
  const { status, stderr } = shell(line, 'docker-compose', script)
  assert.deepEqual([status, stderr], [0, ''])
  assert.equal((await ask(t, address, { type: 'status' })).value, 'asdf')
})

/** Columns are as wide as what else stands in a table. */
const oneSpaced = (text: string) => text.replace(/ +/g, ' ')

test("when the simulator's command above its first table is run then the table is what it prints", async (t) => {
  const [, command = '', table = ''] =
    /^What `bin\/(gossip simulate [^`]*)` prints begins with:\n\n```\n(.*?)^```$/ms.exec(
      textOf('src/simulation/README.md'),
    ) ?? []
  const { stdout } = await run(t, command)
  const printed = stdout.split('\n').map(oneSpaced)
  const lines = table.trimEnd().split('\n').map(oneSpaced)
  assert.equal(lines.length, 4)
  for (const [i, line] of lines.entries()) assert.ok(printed[i]!.startsWith(line), `${printed[i]} / ${line}`)
})

test("when the command of the papers' table is run then its means are those of the table", async (t) => {
  const readme = textOf('test/paper/README.md')
  const [, command = ''] = /the means of\n`bin\/(gossip compare rumor [^`]*)`/.exec(readme) ?? []
  const { stdout } = await run(t, command)
  const rows = [
    ...readme.matchAll(/^\| (\d) \| \S+ \/ (\S+) \| \S+ \/ (\S+) \| \S+ \/ (\S+) \| \S+ \/ (\S+) \|$/gm),
  ]
  assert.equal(rows.length, 5)
  for (const [, k, residue, traffic, tLast, tAverage] of rows) {
    const [line = ''] = new RegExp(`^rumor k=${k} .*±.*$`, 'm').exec(stdout) ?? []
    const means = line.split(/ {2,}/).map((it) => it.split(' ')[0])
    assert.deepEqual([means[1], means[2], means[5], means[4]], [residue, traffic, tLast, tAverage], line)
  }
})

test("when the guide's commands are run then they print its numbers", async (t) => {
  const tables = [...guide.matchAll(/^bin\/(gossip simulate [^\n]*)\n```\n\n```\n(.*?)^```$/gms)]
  assert.equal(tables.length, 2)
  for (const [, command, table] of tables) assert.equal((await run(t, command!)).stdout, table)
  const numbers = async (command: string) =>
    (await run(t, command)).stdout.split('\n').map((it) => it.split(/ {2,}/))
  const [, pushPull, pull] = await numbers('gossip simulate --strategy push-pull,pull --nodes 1000 --runs 20')
  const [, asPaper] = await numbers(
    'gossip simulate --strategy push-pull --set atOnce=0 --nodes 1000 --runs 20',
  )
  const seconds = [pushPull, pull, asPaper].map((it) => Math.round(Number.parseFloat(it![7]!) / 1000))
  const times = [
    `the last one hears after ${seconds[1]} s, where`,
    `, and needs ${seconds[0]}; with \`--set atOnce=0\`, as the paper has it, ${seconds[2]}.`,
  ]
  for (const it of times) assert.ok(oneSpaced(guide.replaceAll('\n', ' ')).includes(it), it)
  const asked = [pushPull, pull].map((it) => Number.parseFloat(it![5]!))
  assert.ok(guide.includes(`the questions (${asked[0]} and ${asked[1]} a node)`))
  const [, once] = await numbers('gossip simulate --strategy infect-and-die --nodes 1000 --runs 20')
  assert.ok(guide.includes(`costs ${Number.parseFloat(once![4]!)} instead of 7.05`))
  const { stdout } = await run(t, 'gossip compare push --sweep fanout=2,3 --nodes 1000 --runs 20')
  const [, differs = ''] = /^push fanout=3 - push fanout=2 +(.*)$/m.exec(stdout) ?? []
  const [, traffic, , tAverage, tLast] = differs.split(/ {2,}/)
  assert.deepEqual(
    [traffic, tAverage, tLast].map((it) => it!.endsWith('*')),
    [false, true, true],
    differs,
  )
})
