/** The page: starts it. */
import { render } from 'preact'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { Store } from './store.ts'

const store = new Store()
listenToKeys(store)
render(<App store={store} />, document.body)
store.start()
