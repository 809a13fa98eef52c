/** The project's own folder, ending with a slash; this file runs from dist/src/loader/. */
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../../', import.meta.url))
