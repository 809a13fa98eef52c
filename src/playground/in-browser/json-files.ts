/** In the place of `loader/json-files.ts`: the files that ship, and JSON as it is. */
import type * as loader from '../../loader/json-files.ts'
import { quoted } from '../../text/quoted.ts'
import { shelves } from './shelves.ts'

type Loader = typeof loader

export const namesOn: Loader['namesOn'] = ({ folder }) =>
  Object.keys(shelves)
    .filter((it) => it.startsWith(folder))
    .map((it) => it.slice(folder.length, -'.json'.length))
    .sort()

export const readJson: Loader['readJson'] = (which, shelf) => {
  const text = /^\s*[[{]/.test(which) ? which : shelves[`${shelf.folder}${which}.json`]
  if (text === undefined)
    throw new Error(`no ${shelf.what} ${quoted(which)}; there are: ${namesOn(shelf).join(', ')} (or JSON)`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${shelf.what}: not JSON: ${(error as Error).message.replace(/\s+/g, ' ').slice(0, 200)}`)
  }
}
