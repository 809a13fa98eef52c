/** The whole of what a page shows, in its address: words as of `simulate`, and packed what is longer. */
import type { Words } from '../wire.ts'

export interface Shown {
  readonly words: Words
  /** Does it begin at once? */
  readonly run: boolean
  /** Ms or rounds since the value came in; null: from the beginning. */
  readonly at: number | null
  /** Ms or rounds a second; null: as fast as it can. Undefined: as the page has it. */
  readonly speed: number | null | undefined
  /** Another strategy that is shown beside it, under the same luck. */
  readonly against: string | null
  /** A file that its sender wrote: its name and text. */
  readonly file: { readonly name: string; readonly source: string } | null
  readonly steps: readonly object[]
}

/** Characters: what is longer many programs cut off. */
export const MAX_LINK = 8000
/** Of what is packed in an address, unpacked: nobody needs more, and a few bytes can be made to unpack to millions. */
const MAX_UNPACKED = 300_000
/** As on a command line. */
const REPEATABLE: ReadonlySet<string> = new Set(['set', 'set-membership'])
const NAME = /^[\w.-]{1,80}\.ts$/

/** @throws {Error} one line */
export async function readAddress(hash: string): Promise<Shown> {
  const all = new Map<string, string>()
  for (const [key, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const before = REPEATABLE.has(key) ? all.get(key) : undefined
    all.set(key, before === undefined ? value : `${before} ${value}`)
  }
  const { run, at, speed, against, file, code, steps, ...words } = Object.fromEntries(all)
  const source = code === undefined ? undefined : await unpacked('code', code)
  const name = file ?? 'mine.ts'
  if (!NAME.test(name)) throw new Error('file: must be a name such as mine.ts')
  return {
    words,
    run: run === '1',
    at: at === undefined ? null : number('at', at),
    speed: speed === undefined ? undefined : speed === 'max' ? null : number('speed', speed),
    against: against ?? null,
    file: source === undefined ? null : { name, source },
    steps: steps === undefined ? [] : stepsOf(await unpacked('steps', steps)),
  }
}

export async function addressOf({ words, run, at, speed, against, file, steps }: Shown): Promise<string> {
  const params = new URLSearchParams({ ...words })
  if (run) params.set('run', '1')
  if (at !== null) params.set('at', String(at))
  if (speed !== undefined) params.set('speed', speed === null ? 'max' : String(speed))
  if (against !== null) params.set('against', against)
  if (file !== null) {
    params.set('file', file.name)
    params.set('code', await packed(file.source))
  }
  if (steps.length > 0) params.set('steps', await packed(JSON.stringify(steps)))
  return `#${params}`
}

function number(name: string, text: string): number {
  const it = Number(text)
  if (text.trim() === '' || !(it >= 0 && it <= 2e9)) throw new Error(`${name}: must be a number of 0 or more`)
  return it
}

function stepsOf(text: string): readonly object[] {
  const steps: unknown = JSON.parse(text)
  if (!Array.isArray(steps) || steps.some((it) => typeof it !== 'object' || it === null))
    throw new Error('steps: must be a list of steps')
  return steps as object[]
}

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'))
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer())
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

async function unpacked(name: string, text: string): Promise<string> {
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (it) =>
      it.charCodeAt(0),
    )
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader()
    const decoder = new TextDecoder()
    let all = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return all
      all += decoder.decode(value, { stream: true })
      if (all.length > MAX_UNPACKED) break
    }
  } catch {
    throw new Error(`${name}: that part of the address is damaged`)
  }
  throw new Error(`${name}: unpacks to more than ${MAX_UNPACKED} characters`)
}
