/** "fanout=1..8", "loss=0,0.1,0.3" or "topology=line,small-world:4,0.1": what is swept, as it is typed. */
import { InvalidArgumentError } from 'commander'
import { MAX_VALUES, type Sweep, type SweptValue } from '../../experiment/plan.ts'
import { isSwept, settingOf } from '../../experiment/settings.ts'
import { namesIn } from '../../files/name-list.ts'
import { quoted } from '../../text/quoted.ts'
import { setting } from './parse.ts'

export function parseSweep(text: string, before: readonly Sweep[] = []): readonly Sweep[] {
  const [, name, list] = /^([A-Za-z]\w*)=(.+)$/s.exec(text) ?? []
  if (name === undefined || list === undefined)
    throw new InvalidArgumentError('must be NAME=VALUES, such as fanout=1..8 or loss=0,0.1,0.3')
  const values = valuesOf(name, list)
  if (values.length > MAX_VALUES) throw new InvalidArgumentError(`more than ${MAX_VALUES} values`)
  if (new Set(values).size < values.length)
    throw new InvalidArgumentError(`names ${quoted(values.find((it, i) => values.indexOf(it) < i))} twice`)
  return [...before, { name, values }]
}

function valuesOf(name: string, list: string): SweptValue[] {
  if (name === 'topology') return withPairs(split(list, (it) => namesIn(it, /,/, '.txt')))
  if (isSwept(name) && settingOf(name).sweep === 'texts') return withPairs(split(list))
  const [, from, to] = /^(-?\d{1,9})\.\.(-?\d{1,9})$/.exec(list) ?? []
  if (from === undefined || to === undefined) return split(list).map((it) => typed(name, it))
  const count = Number(to) - Number(from) + 1
  if (!(count >= 1 && count <= MAX_VALUES))
    throw new InvalidArgumentError(`a range goes upward over at most ${MAX_VALUES} values, such as 1..8`)
  return Array.from({ length: count }, (_, i) => Number(from) + i)
}

function split(list: string, dividedBy = (it: string): string[] => it.split(',')): string[] {
  const parts = dividedBy(list)
  if (parts.some((it) => it.trim() === '')) throw new InvalidArgumentError('has an empty value')
  return parts
}

function typed(name: string, text: string): SweptValue {
  return setting(`${name}=${text}`)[1] as SweptValue
}

/** "small-world:4,0.1" and "lognormal:20,0.5" have a comma of their own. */
function withPairs(parts: readonly string[]): string[] {
  const whole: string[] = []
  for (const part of parts) {
    if (/^(small-world|lognormal):[^,]*$/.test(whole.at(-1) ?? '')) whole.push(`${whole.pop()},${part}`)
    else whole.push(part)
  }
  return whole
}
