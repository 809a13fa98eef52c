/** The least that parses each line of a file: node's own reader of lines, and JSON. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

let count = 0
for await (const line of createInterface({ input: createReadStream(process.argv[2]!) }))
  count += JSON.parse(line) === null ? 0 : 1
if (count === 0) process.exit(1)
