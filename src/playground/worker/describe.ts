/** What can be set, for a page that makes controls of it. */
import { z } from 'zod'
import { SETTING_NAMES, settingOf } from '../../experiment/settings.ts'
import type { Shape } from '../../gossip/strategy.ts'
import { descriptionOf } from '../../parse/description.ts'
import { protocols } from '../in-browser/protocols.ts'
import type { Description, OptionInfo, ProtocolInfo, SettingInfo } from '../wire.ts'
import { regionNames, scenarioNames, wordOf } from './order.ts'

/** What is about many runs, or about threads. */
const NOT_HERE: ReadonlySet<string> = new Set(['runs', 'workers'])

export function describe(): Description {
  return {
    settings: SETTING_NAMES.filter((it) => !NOT_HERE.has(it)).map((name): SettingInfo => {
      const { about, flags, shown, schema } = settingOf(name)
      const usual = shown ?? schema.parse(undefined)
      return {
        name: wordOf(name),
        about,
        form: /<(.*)>/.exec(flags)?.[1] ?? '',
        usual: usual === undefined || typeof usual === 'boolean' ? '' : String(usual),
        isFlag: !flags.includes('<'),
      }
    }),
    strategies: infos('strategy'),
    memberships: infos('membership'),
    scenarios: scenarioNames(),
    regions: regionNames(),
  }
}

interface Declaration {
  readonly summary: string
  readonly source?: string
  readonly options?: Shape
}

function infos(kind: 'strategy' | 'membership'): ProtocolInfo[] {
  return Object.entries(protocols[kind])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { definition }]) => infoOf(name, definition as Declaration))
}

function infoOf(name: string, { summary, source = '', options = {} }: Declaration): ProtocolInfo {
  return {
    name,
    summary,
    source,
    options: Object.entries(options).map(([option, schema]) => optionOf(option, schema)),
  }
}

function optionOf(name: string, schema: z.ZodType): OptionInfo {
  const usual = schema.safeParse(undefined)
  const { enum: choices, type, minimum, maximum } = jsonOf(schema)
  return {
    name,
    about: descriptionOf(schema),
    usual: usual.success ? String(usual.data) : '',
    choices: choices?.map(String) ?? (type === 'boolean' ? ['true', 'false'] : undefined),
    min: minimum,
    max: maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum,
    isWhole: type === 'integer',
  }
}

interface JsonSchema {
  readonly enum?: readonly unknown[]
  readonly type?: string
  readonly minimum?: number
  readonly maximum?: number
}

/** Not every schema has one. */
function jsonOf(schema: z.ZodType): JsonSchema {
  try {
    return z.toJSONSchema(schema, { io: 'input' }) as JsonSchema
  } catch {
    return {}
  }
}
