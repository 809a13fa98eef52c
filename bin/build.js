/** `npm run build`: compiles here, and fails where any file has a fault. */
import { fileURLToPath } from 'node:url'
import { build } from './compile.js'

const faults = build(fileURLToPath(new URL('..', import.meta.url)))
for (const it of faults) console.error(it)
process.exitCode = faults.length === 0 ? 0 : 1
