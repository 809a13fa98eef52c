/** One simulated run, in a process of its own: what `simulate` of the library is asked, as JSON; prints a sample as JSON. */
import { type SimulateOptions, simulate } from '../../src/library/index.ts'
import type { Sample } from './simulations.ts'

const asked = JSON.parse(process.argv[2]!) as SimulateOptions
const before = process.memoryUsage().rss
const { user, system } = process.cpuUsage()
const [result] = await simulate({ ...asked, workers: 1 })
const used = process.cpuUsage()
const seconds = (used.user + used.system - user - system) / 1e6
const bytes = process.resourceUsage().maxRSS * 1024 - before
const sample: Sample = { seconds, us: (seconds * 1e6) / result!.events, bytes: bytes / result!.nodes }
console.log(JSON.stringify(sample))
