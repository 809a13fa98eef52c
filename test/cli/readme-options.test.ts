/** Every option that a text for people names is one that the commands have. */
import assert from 'node:assert/strict'
import { readdirSync } from 'node:fs'
import { before, test } from 'node:test'
import { Command } from 'commander'
import { READMES, shellLines, textOf } from '../house/readmes.ts'
import { root } from './run.ts'

/** Of other programs that the texts use; openssl's have one dash. */
/** Of docker-compose, and of every command. */
const OF_OTHERS = ['--scale', '--index', '--build', '--help', '--version']

const commands = new Map<string, Command>()
before(async () => {
  for (const file of readdirSync(`${root}dist/src/cli/command`)) {
    if (!file.endsWith('.js')) continue
    const exported = Object.values(await import(`${root}dist/src/cli/command/${file}`))
    for (const it of exported) if (it instanceof Command) commands.set(it.name(), it)
  }
})

const optionsIn = (text: string): string[] =>
  [...text.matchAll(/(?<=^|[\s`])--?[a-z][\w-]*/g)].map(([it]) => it)

/** The command that a line of a shell calls, and the options that it gives it. */
function callsOf(line: string): { readonly name: string; readonly options: string[] }[] {
  return line
    .replace(/\s#.*/, '')
    .replace(/"\$\(.*?\)"/g, '')
    .split(/ && | \| /)
    .flatMap((it) => {
      const [, name, rest = ''] =
        /^(?:\w+=\S* )*(?:bin\/gossip (\w+)|npm start --)(.*)$/.exec(it.trim()) ??
        /^(?:\.\/)?bin\/(propagate)(.*)$/.exec(it.trim()) ??
        []
      return rest === '' ? [] : [{ name: name ?? 'cluster', options: optionsIn(rest) }]
    })
}

test('when a shell line gives a command options then the command has them', () => {
  assert.ok(commands.size >= 10, `${[...commands.keys()]}`)
  const calls = shellLines()
    .flatMap(callsOf)
    .filter(({ name }) => name !== 'help')
  assert.ok(calls.length >= 30)
  for (const { name, options } of calls) {
    const known = commands.get(name)?.options.flatMap(({ short, long }) => [short, long]) ?? []
    for (const it of options) assert.ok(known.includes(it), `gossip ${name} has no ${it}`)
  }
})

test('when a text speaks of an option then some command has it', () => {
  const known = [...commands.values()].flatMap((it) => it.options.map(({ long }) => long))
  const spoken = READMES.flatMap((path) => {
    const prose = textOf(path).replace(/^```.*?^```$/gms, '')
    const code = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, it]) => it!)
    return code.filter((it) => !/npm run|docker|gossip-/.test(it)).flatMap(optionsIn)
  }).filter((it) => it.startsWith('--'))
  assert.ok(spoken.length > 30, `${spoken.length}`)
  assert.deepEqual(
    spoken.filter((it) => !known.includes(it) && !OF_OTHERS.includes(it)),
    [],
  )
})
