/** What a strategy reaches for that is not in its node, and what there is instead: one sentence each. */
import { builtinModules } from 'node:module'

const CLOCK = 'a strategy has no clock: node.after(periods, act), or onPeriod'
const DICE = 'a strategy has no dice of its own: node.chance(p), node.pick(k)'
const SCREEN = 'a strategy prints nothing: node.log(...)'
const WORLD = 'a strategy has no I/O: node.send, node.sendValue'

const NAMES: Readonly<Record<string, string>> = {
  setTimeout: CLOCK,
  setInterval: CLOCK,
  setImmediate: CLOCK,
  clearTimeout: CLOCK,
  clearInterval: CLOCK,
  queueMicrotask: CLOCK,
  requestAnimationFrame: CLOCK,
  performance: CLOCK,
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
}

/** What every compiler knows: the clock and the dice of the language itself. */
const LANGUAGE: readonly (readonly [RegExp, string, string])[] = [
  [/(?<![\w$])Math\s*\.\s*random(?![\w$])/, 'Math.random', DICE],
  [/(?<![\w$])Date\s*\.\s*now(?![\w$])/, 'Date.now', CLOCK],
  [/(?<![\w$])new\s+Date\s*(?:\(\s*\)|(?![\w$\s(<]))/, 'new Date()', CLOCK],
  [/(?<!new\s+|[\w$.])Date\s*\(\s*\)/, 'Date()', CLOCK],
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

function ofModule(name: string): string | undefined {
  return builtinModules.includes(name) ? (MODULES[name] ?? WORLD) : undefined
}

/**
 * The first side door in the text of a strategy, as source:line:column: sentence. A text is not understood here: names
 * that a file declares itself are left alone.
 */
export function sideDoorIn(source: string, text: string): string | undefined {
  const code = codeOnly(text)
  const found: { readonly at: number; readonly name: string; readonly instead: string }[] = []
  const note = (at: number, name: string, instead: string | undefined): void => {
    if (at >= 0 && instead !== undefined) found.push({ at, name, instead })
  }
  for (const [pattern, name, instead] of LANGUAGE) note(code.search(pattern), name, instead)
  for (const [name, instead] of Object.entries(NAMES)) {
    if (!declares(code, name))
      note(
        code.search(
          new RegExp(
            `(?<=globalThis\\s*\\.\\s*)${name}(?![\\w$])|(?<![\\w$.]|\\.\\s)${name}(?![\\w$]|\\s*:)`,
          ),
        ),
        name,
        instead,
      )
  }
  for (const it of text.matchAll(/^\s*(?:import|export)\s(?:[^'"\n;]*\sfrom\s*)?['"]([^'"\n]+)['"]/gm)) {
    const [whole, name = ''] = it
    note(it.index + whole.lastIndexOf(name), name, ofModule(name.replace(/^node:/, '')))
  }
  const first = found.sort((a, b) => a.at - b.at)[0]
  if (first === undefined) return undefined
  const before = text.slice(0, first.at).split('\n')
  return `${source}:${before.length}:${before.at(-1)!.length + 1}: uses ${first.name}: ${first.instead}`
}

/** As a variable, a function, an import or a parameter of its own. */
function declares(code: string, name: string): boolean {
  return new RegExp(
    `\\b(?:const|let|var|function|class|import)\\s+${name}\\b|[({,]\\s*${name}\\s*[,:)}=]`,
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
