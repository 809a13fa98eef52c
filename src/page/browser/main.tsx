/** The page: starts it. */
import { render } from 'preact'

render(<p>gossip</p>, document.body)
