/** A process that keeps values without end, and says the number of each when it is safe: writer.js FOLDER FROM */
import { writeSync } from 'node:fs'
import { Store } from '../../../src/daemon/storage/store.ts'
import { silent } from '../node.ts'
import { numbered } from './numbered.ts'

const [folder = '', from = '0'] = process.argv.slice(2)
const store = Store.open(folder, silent)
for (let i = Number(from); ; i++) {
  const why = store.keep(numbered(i))
  if (why !== undefined) throw new Error(why)
  writeSync(1, `${i}\n`)
}
