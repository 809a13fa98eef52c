/** The page: starts it. */
import { render } from 'preact'
import { App } from './app.tsx'
import { listenToKeys } from './keys.ts'
import { ServerConnection } from './server-connection.ts'
import { Store } from './store.ts'

const store = new Store(new ServerConnection())
listenToKeys(store)
render(<App store={store} />, document.body)
store.start()
