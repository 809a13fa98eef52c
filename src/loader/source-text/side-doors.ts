/**
 * What a strategy reaches for that is not in its node, and what there is instead: one sentence each. It runs in a browser,
 * too.
 */

/** A strategy's text reaches for what is not in its node: it is not run. */
export class SideDoor extends Error {}

const CLOCK = 'a strategy has no clock: node.after(periods, act), or onPeriod'
const DICE = 'a strategy has no dice of its own: node.chance(p), node.pick(k)'
const SCREEN = 'a strategy prints nothing: node.log(...)'
const WORLD = 'a strategy has no I/O: node.send, node.sendValue'
const CODE = 'a strategy is what its file says, no code is made or fetched as it runs'
const MEMORY = 'nodes share no memory: state()'
const WAITING = 'a handler is over when it returns, nobody waits: node.after(periods, act)'

const NAMES: Readonly<Record<string, string>> = {
  setTimeout: CLOCK,
  setInterval: CLOCK,
  setImmediate: CLOCK,
  clearTimeout: CLOCK,
  clearInterval: CLOCK,
  queueMicrotask: CLOCK,
  requestAnimationFrame: CLOCK,
  performance: CLOCK,
  Intl: CLOCK,
  Temporal: CLOCK,
  crypto: DICE,
  console: SCREEN,
  alert: SCREEN,
  process: WORLD,
  fetch: WORLD,
  require: WORLD,
  Buffer: WORLD,
  WebSocket: WORLD,
  XMLHttpRequest: WORLD,
  document: WORLD,
  window: WORLD,
  localStorage: WORLD,
  navigator: WORLD,
  BroadcastChannel: WORLD,
  MessageChannel: WORLD,
  WebAssembly: CODE,
  Atomics: MEMORY,
  SharedArrayBuffer: MEMORY,
  WeakRef: MEMORY,
  FinalizationRegistry: MEMORY,
  global: MEMORY,
}

const OTHERS = Object.keys(NAMES).join('|')

/** What every compiler knows: what the language itself has of clocks, dice and doors. */
const LANGUAGE: readonly (readonly [RegExp, string, string])[] = [
  [/(?<![\w$])Math\s*\.\s*random(?![\w$])/, 'Math.random', DICE],
  [/(?<![\w$])Date\s*\.\s*now(?![\w$])/, 'Date.now', CLOCK],
  [/(?<![\w$])new\s+Date\s*(?:\(\s*\)|(?![\w$\s(<]))/, 'new Date()', CLOCK],
  [/(?<!new\s+|[\w$.])Date\s*\(\s*\)/, 'Date()', CLOCK],
  [/(?<![\w$.])eval\s*\(/, 'eval', CODE],
  [/(?<![\w$.])(?:new\s+)?Function\s*\(/, 'Function', CODE],
  [/(?<![\w$.])import\s*\(/, 'import()', CODE],
  [/(?<![\w$.])import\s*\.\s*meta(?![\w$])/, 'import.meta', WORLD],
  [/(?<![\w$.])async(?=\s+function\b|\s*\*?\s*[\w$]*\s*(?:<[^>]*>\s*)?\(|\s+[\w$]+\s*=>)/, 'async', WAITING],
  [/(?<![\w$.])await(?![\w$]|\s*[:=,)])/, 'await', WAITING],
  [/(?<![\w$.])Promise\s*[.(]/, 'Promise', WAITING],
  [new RegExp(`(?<![\\w$.])globalThis(?![\\w$]|\\s*\\.\\s*(?:${OTHERS})\\b)`), 'globalThis', MEMORY],
]

const MODULES: Readonly<Record<string, string>> = {
  crypto: DICE,
  timers: CLOCK,
  'timers/promises': CLOCK,
  perf_hooks: CLOCK,
  console: SCREEN,
}

/** What there is instead of something, named as the code or a compiler names it; undefined where that is nothing of the kind. */
export function insteadOf(name: string): string | undefined {
  const module = name.replace(/^node:/, '')
  if (name.startsWith('node:')) return MODULES[module] ?? WORLD
  const own = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined
  const ofLanguage = LANGUAGE.find(([, it]) => it === name)?.[2]
  const [object = ''] = name.split('.')
  return own ?? ofLanguage ?? (Object.hasOwn(NAMES, object) ? NAMES[object] : undefined) ?? ofModule(module)
}

/** Where there is no Node no module is its own. */
const builtin = globalThis.process?.getBuiltinModule?.('node:module').builtinModules ?? []

function ofModule(name: string): string | undefined {
  return builtin.includes(name) ? (MODULES[name] ?? WORLD) : undefined
}

/**
 * A compiler's complaint about a name that only the world outside has, as "uses NAME: sentence"; undefined where it is about
 * something else.
 * @param word of the text where the compiler complains
 */
export function doorIn(complaint: string, word: string): string | undefined {
  const [, missing] = /Cannot find (?:name|module) '([^']+)'/.exec(complaint) ?? []
  const name = missing ?? (complaint.includes('typeof globalThis') ? word : '')
  const instead = insteadOf(name)
  return instead === undefined ? undefined : `uses ${name}: ${instead}`
}

const IMPORT = /^\s*(?:import|export)\s(?:[^'";]*\sfrom\s*)?['"]([^'"\n]+)['"]/gm

/** The first side door in the text of a strategy, as source:line:column: sentence. */
export function sideDoorIn(source: string, text: string): string | undefined {
  const door = sideDoorAt(text)
  if (door === undefined) return undefined
  const before = text.slice(0, door.at).split('\n')
  return `${source}:${before.length}:${before.at(-1)!.length + 1}: ${door.sentence}`
}

/** Something that is not in a node, in a text. */
export interface Door {
  /** Where in the text. */
  readonly at: number
  readonly name: string
  readonly sentence: string
}

/**
 * The first side door in the text of a strategy. A text is not understood here: names that a file declares itself are left
 * alone.
 */
export function sideDoorAt(text: string): Door | undefined {
  const code = codeOnly(text)
  const found: { readonly at: number; readonly name: string; readonly instead: string }[] = []
  const note = (at: number, name: string, instead: string | undefined): void => {
    if (at >= 0 && instead !== undefined) found.push({ at, name, instead })
  }
  for (const [pattern, name, instead] of LANGUAGE) note(code.search(pattern), name, instead)
  for (const [name, instead] of Object.entries(NAMES)) {
    // Most names are nowhere, which is told at once.
    if (code.includes(name) && !declares(code, name))
      note(
        code.search(
          new RegExp(
            `(?<=globalThis\\s*\\.\\s*)${name}(?![\\w$])|(?<![\\w$.]|\\.\\s)${name}(?![\\w$]|\\s*:|\\s*\\([^()]*\\)\\s*[:{])`,
          ),
        ),
        name,
        instead,
      )
  }
  for (const it of text.matchAll(IMPORT)) {
    const [whole, name = ''] = it
    note(it.index + whole.lastIndexOf(name), name, ofModule(name.replace(/^node:/, '')))
  }
  // What is waited for says more than that it is.
  const [first] = found.sort((a, b) => rank(a.instead) - rank(b.instead) || a.at - b.at)
  return first && { at: first.at, name: first.name, sentence: `uses ${first.name}: ${first.instead}` }
}

function rank(instead: string): number {
  return instead === WAITING ? 1 : 0
}

/** What of Node's own modules a text imports, by whatever name. */
export function importsNode(text: string): boolean {
  return [...text.matchAll(IMPORT)].some(
    ([, name = '']) => ofModule(name.replace(/^node:/, '')) !== undefined,
  )
}

/** As a variable, a function, an import or a parameter of its own. */
function declares(code: string, name: string): boolean {
  return new RegExp(
    `\\b(?:const|let|var|function|class|import|interface|type|enum|namespace)\\s+${name}\\b|[({,]\\s*${name}\\s*[,:)}=]|\\b${name}\\s*=>`,
  ).test(code)
}

const LITERAL_OR_COMMENT =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\//g

/** The code with blanks where comments and quoted texts were; of a template the code in it stays. */
function codeOnly(text: string): string {
  const blank = (it: string): string => it.replace(/[^\n]/g, ' ')
  const ofTemplate = (it: string): string =>
    it
      .split(/(\$\{[^}]*\})/)
      .map((part, i) => (i % 2 === 0 ? blank(part) : part))
      .join('')
  return text.replace(LITERAL_OR_COMMENT, (it) => (it.startsWith('`') ? ofTemplate(it) : blank(it)))
}
