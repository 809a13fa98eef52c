/**
 * zod is told that the page allows no `eval`, before it tries, which browsers would report: to be imported before all else
 * that declares schemas.
 */
import { config } from 'zod'

config({ jitless: true })
