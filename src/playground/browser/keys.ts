/** The keys that the playground has besides those of the live page. */
import type { Key } from '../../page/browser/keys.ts'
import type { Playground } from './playground.ts'

export function keysOf(playground: Playground): readonly Key[] {
  return [
    { keys: 'x', does: 'run from the beginning', act: () => playground.run() },
    { keys: 'o', does: 'pause or continue the simulation', act: () => playground.pauseOrResume() },
    { keys: '.', does: 'the next event of the simulation', act: () => playground.step() },
    { keys: 'f', does: 'fork: two futures from here', act: () => playground.fork() },
    { keys: 'e', does: 'edit the strategy', act: () => void playground.edit() },
  ]
}
