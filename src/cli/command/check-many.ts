/** Verdicts on many files, each in a process of its own: whatever one does, the others are judged. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { CLAIMS, type ClaimResult } from '../../experiment/check/claims.ts'
import { MEMBERSHIP_CLAIMS } from '../../experiment/check/membership/claims.ts'
import { unrunVerdicts } from '../../experiment/check/verdicts.ts'
import { kindOf, membershipNames, strategyNames } from '../../loader/load.ts'

const program = fileURLToPath(new URL('../gossip.js', import.meta.url))
/** Bytes that are read of what one prints. */
const MAX_OUTPUT = 1_000_000
/** A file may take so many times as long as one of its handlers. */
const MOST_TIMEOUTS = 120

const resultSchema: z.ZodType<ClaimResult> = z.object({
  claim: z.enum([...CLAIMS, ...MEMBERSHIP_CLAIMS]),
  verdict: z.enum(['holds', 'violated', 'skipped']),
  seeds: z.number(),
  violations: z.number(),
  firstSeed: z.number().nullable(),
  what: z.string(),
  replay: z.string().nullable(),
})

export interface Many {
  /** Names or paths. */
  readonly all: readonly string[]
  /** What each is checked with. */
  readonly flags: readonly string[]
  /** How many at a time. */
  readonly workers: number
  /** Ms, of a handler. */
  readonly timeout: number
}

/** In the order in which they were named, each as soon as it and those before it are judged. */
export async function* checkMany(
  many: Many,
): AsyncGenerator<{ which: string; results: readonly ClaimResult[] }> {
  const { all, workers } = many
  const running = new Set<ChildProcess>()
  const stop = (): void => {
    for (const it of running) it.kill('SIGKILL')
  }
  // A signal would end this process alone, and without a word.
  const leave = (): never => process.exit(1)
  process.once('exit', stop).once('SIGINT', leave).once('SIGTERM', leave)
  const verdicts: Promise<readonly ClaimResult[]>[] = []
  const lanes: Promise<unknown>[] = Array.from({ length: workers }, () => Promise.resolve())
  for (const [i, which] of all.entries()) {
    // A lane is a queue: at most so many run at once.
    const verdict = lanes[i % workers]!.then(() => checkOne(which, many, running))
    lanes[i % workers] = verdict
    verdicts.push(verdict)
  }
  for (const [i, which] of all.entries()) yield { which, results: await verdicts[i]! }
  process.off('exit', stop).off('SIGINT', leave).off('SIGTERM', leave)
}

/** @throws {Error} one line, if one of them is neither a name nor a file */
export function assertAreThere(all: readonly string[]): void {
  const names = strategyNames()
  const isThere = (it: string): boolean =>
    it.endsWith('.ts') ? existsSync(it) : names.includes(it) || membershipNames().includes(it)
  for (const it of all) {
    if (isThere(it)) continue
    throw new Error(
      it.endsWith('.ts')
        ? `no file ${it}`
        : `no strategy "${it}"; there are: ${names.join(', ')} (or the path of a .ts file)`,
    )
  }
}

/** Whatever becomes of its process is a verdict. */
async function checkOne(
  which: string,
  { flags, timeout }: Many,
  running: Set<ChildProcess>,
): Promise<readonly ClaimResult[]> {
  const words = [program, 'check', '--json', '--workers', '1', ...flags, '--', which]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const texts = [child.stdout, child.stderr].map((stream) => {
    const chunks: string[] = []
    let length = 0
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      length += chunk.length
      if (length <= MAX_OUTPUT) chunks.push(chunk)
    })
    return chunks
  })
  const limit = MOST_TIMEOUTS * timeout
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    child.kill('SIGKILL')
  }, limit)
  const signal = await new Promise<string | null>((resolve) => {
    child.once('error', () => resolve(null))
    child.once('close', (_code, it) => resolve(it))
  })
  clearTimeout(timer)
  running.delete(child)
  const [stdout, stderr] = texts.map((it) => it.join(''))
  const claims = kindOf(which) === 'membership' ? MEMBERSHIP_CLAIMS : CLAIMS
  const results = parsed(stdout!, claims.length)
  if (results !== undefined) return results
  const [fault = ''] = stderr!.split('\n')
  const what = isLate
    ? `no verdict within ${limit / 1000} s`
    : fault.replace(/^error: /, '') || `its process ended (${signal ?? 'without a word'})`
  return unrunVerdicts(claims, 'handlers do not fail', what)
}

/** What it printed, if that is a verdict on so many claims. */
function parsed(text: string, claims: number): ClaimResult[] | undefined {
  try {
    const results = z.array(resultSchema).parse(
      text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    )
    return results.length === claims ? results : undefined
  } catch {
    return undefined
  }
}
