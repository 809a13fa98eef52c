/** The least that parses each line of a file: node's own reader of lines, and JSON. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

for await (const line of createInterface({ input: createReadStream(process.argv[2]!) })) JSON.parse(line)
/** MiB that it has held at most. */
console.log(process.resourceUsage().maxRSS / 1024)
