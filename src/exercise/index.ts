/** The course: its exercises, in their order. */
import { halfTheTraffic } from './1-half-the-traffic.ts'
import { alongALine } from './2-along-a-line.ts'
import { throughLoss } from './3-through-loss.ts'
import { healAPartition } from './4-heal-a-partition.ts'
import { broadcast } from './5-broadcast.ts'
import { theMean } from './6-the-mean.ts'
import { findTheDead } from './7-find-the-dead.ts'
import { beatPlumtree } from './8-beat-plumtree.ts'
import type { Exercise } from './exercise.ts'

export const exercises: readonly Exercise[] = [
  halfTheTraffic,
  alongALine,
  throughLoss,
  healAPartition,
  broadcast,
  theMean,
  findTheDead,
  beatPlumtree,
]

/** @throws {Error} one line, if there is none */
export function exerciseOf(number: number): Exercise {
  const found = exercises.find((it) => it.number === number)
  if (found === undefined) throw new Error(`no exercise ${number}: there are 1 to ${exercises.length}`)
  return found
}
