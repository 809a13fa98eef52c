/** bin/gossip exercises: the course. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { Argument, Command } from 'commander'
import type { Exercise } from '../../exercise/exercise.ts'
import { exerciseOf, exercises } from '../../exercise/index.ts'
import { writeFault } from '../../files/faults.ts'
import { root } from '../../loader/root.ts'
import { integer } from '../option/parse.ts'
import { print, printJson } from '../output/terminal.ts'

interface ExercisesOptions {
  readonly hint?: number
  readonly start?: string
  readonly json?: true
}

export const exercisesCommand = new Command('exercises')
  .description('The course: lists the exercises, or tells one of them.')
  .addArgument(new Argument('[number]', 'of the exercise').argParser(integer(1, exercises.length)))
  .option('--hint <number>', 'the first hint, the second or the third', integer(1, 3))
  .option('--start <file.ts>', 'write the file that it begins with')
  .option('--json', 'print one JSON object an exercise')
  .addHelpText(
    'after',
    `
Examples:
  bin/gossip exercises
  bin/gossip exercises 1 --start mine.ts
  bin/gossip check mine.ts --exercise 1`,
  )
  .action(tell)

function tell(number: number | undefined, { hint, start, json }: ExercisesOptions): void {
  if (number === undefined) {
    if (hint !== undefined || start !== undefined)
      throw new Error('which exercise? Give its number, such as 1')
    for (const it of exercises) list(it, json)
    return
  }
  const exercise = exerciseOf(number)
  if (start !== undefined) writeStart(exercise, start)
  else if (hint !== undefined) print(exercise.hints[hint - 1]!)
  else if (json) list(exercise, json)
  else print(described(exercise))
}

function list({ number, title, kind, target }: Exercise, json?: true): void {
  if (json) printJson({ number, title, kind, target })
  else print(`${number}  ${title}: ${target}`)
}

function described({ number, title, story, target, kind, try: tries }: Exercise): string {
  const on = kind === 'strategy' ? `--strategy ./mine.ts ${tries}` : tries
  return `${number}. ${title}

${story}

Target: ${target}

  bin/gossip exercises ${number} --start mine.ts      # a ${kind} to begin with
  bin/gossip simulate ${on}
  bin/gossip check mine.ts --exercise ${number}       # the verdict
  bin/gossip exercises ${number} --hint 1             # the first of three`
}

/** What is there already is somebody's work. */
function writeStart({ number }: Exercise, file: string): void {
  if (!file.endsWith('.ts')) throw new Error(`${file}: the file's name must end with .ts`)
  if (existsSync(file)) throw new Error(`${file} is there already: choose another name`)
  try {
    writeFileSync(file, readFileSync(`${root}src/exercise/start/${number}.ts`), { flag: 'wx' })
  } catch (error) {
    throw new Error(`can't write ${file}: ${writeFault(error)}`)
  }
  print(`${file}: change it, then bin/gossip check ${file} --exercise ${number}`)
}
