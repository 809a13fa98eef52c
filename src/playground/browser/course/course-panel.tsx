/** The course: an exercise, its hints, a file to begin with, and the verdict on yours. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { isPassed, type Told } from '../../../exercise/exercise.ts'
import type { FromExerciseWorker } from '../../exercise-wire.ts'
import type { Playground } from '../playground.ts'
import { judge } from './judge.ts'
import { startFiles } from './start-files.ts'
import { told } from './told.ts'

export default function CoursePanel({ playground }: { readonly playground: Playground }): VNode {
  const [number, setNumber] = useState(1)
  const [said, setSaid] = useState<FromExerciseWorker | 'busy' | null>(null)
  const exercise = told.find((it) => it.number === number)!
  const { own } = playground.editing
  const show = (next: number): void => {
    setNumber(next)
    setSaid(null)
  }
  return (
    <section class="course" aria-label="Course">
      <label>
        exercise
        <select
          aria-label="Exercise"
          value={number}
          onChange={({ currentTarget }) => show(Number(currentTarget.value))}
        >
          {told.map((it) => (
            <option key={it.number} value={it.number}>
              {it.number}. {it.title}
            </option>
          ))}
        </select>
      </label>
      <p>{exercise.story}</p>
      <p>
        <strong>Target:</strong> {exercise.target}
      </p>
      <Hints key={number} exercise={exercise} />
      <div class="doors">
        <button
          type="button"
          onClick={() => void playground.open(`exercise-${number}.ts`, startFiles[number] ?? '')}
        >
          Start file
        </button>
        <button
          type="button"
          class="main"
          disabled={own === null || said === 'busy'}
          title={own === null ? 'Open the start file first' : `Judges ${own.name}`}
          onClick={async () => {
            setSaid('busy')
            setSaid(await judge(number, own!))
          }}
        >
          Verdict
        </button>
      </div>
      <div role="status" class="verdict">
        {said === 'busy' ? <p>judging: that takes some seconds</p> : said !== null && <Said said={said} />}
      </div>
    </section>
  )
}

function Hints({ exercise }: { readonly exercise: Told }): VNode {
  return (
    <>
      {exercise.hints.map((hint, i) => (
        <details key={hint}>
          <summary>Hint {i + 1}</summary>
          {hint}
        </details>
      ))}
    </>
  )
}

function Said({ said }: { readonly said: FromExerciseWorker }): VNode {
  if ('fault' in said)
    return (
      <p class="fault">
        <bdi>{said.fault}</bdi>
      </p>
    )
  return (
    <>
      <p>
        <strong>{isPassed(said.verdict) ? 'passed' : 'not passed'}</strong>
      </p>
      <ul>
        {said.verdict.figures.map(({ what, figure, goal, isMet }) => (
          <li key={what} data-met={isMet}>
            {isMet ? '✓' : '✗'} {what}: {Number(figure.toPrecision(4))}, {goal} is meant
          </li>
        ))}
      </ul>
    </>
  )
}
