/** The playground's page: starts it. */
import { render } from 'preact'
import { listenToKeys } from '../../page/browser/keys.ts'
import { readAddress } from './address.ts'
import { App } from './app.tsx'
import { keysOf } from './keys.ts'
import { Playground } from './playground.ts'

const playground = new Playground()
listenToKeys(playground.lab.store, keysOf(playground))
render(<App playground={playground} />, document.body)
await open()
addEventListener('hashchange', () => void open())

/** Shows what the address says. */
async function open(): Promise<void> {
  try {
    playground.show(await readAddress(location.hash))
  } catch (error) {
    playground.say(`the address: ${(error as Error).message}`)
  }
}
