/** The verdict of an exercise, on a terminal or as JSON. */

import { isPassed } from '../../exercise/exercise.ts'
import { exerciseOf } from '../../exercise/index.ts'
import type { Threads } from '../../experiment/check/check-parallel.ts'
import { judgeExercise } from '../../experiment/check/exercise/judge.ts'
import { table } from '../output/table.ts'
import { print, printJson } from '../output/terminal.ts'

/** @throws {Error} one line */
export async function checkExercise(
  number: number,
  which: string,
  { json, ...threads }: Threads & { readonly json?: true | undefined },
): Promise<void> {
  const { title } = exerciseOf(number)
  const verdict = await judgeExercise(number, which, threads)
  const { flaws, figures, seed } = verdict
  const passed = flaws.length === 0 && isPassed(verdict)
  if (!passed) process.exitCode = 1
  if (json) {
    printJson({ exercise: number, title, passed, figures, seed, flaws })
    return
  }
  print(`exercise ${number}, ${title}: ${passed ? 'passed' : 'not passed'}`)
  for (const it of flaws) print(`  ${it}`)
  if (figures.length > 0)
    print(
      table(
        ['', 'measured', 'meant', ''],
        figures.map(({ what, figure, goal, isMet }) => [
          what,
          String(Number(figure.toPrecision(4))),
          goal,
          isMet ? 'met' : 'MISSED',
        ]),
      ),
    )
  if (seed !== null) print(`first missed with seed ${seed}`)
}
