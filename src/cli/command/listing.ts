/** A command that lists all protocols of a kind. */
import { Command } from 'commander'
import type { Declared } from '../../gossip/protocol.ts'
import type { Shape } from '../../gossip/strategy.ts'
import { descriptionOf } from '../../parse/description.ts'
import { complain, print, printJson } from '../output/terminal.ts'

interface Listed extends Declared {
  readonly declared: {
    readonly summary: string
    readonly source?: string | undefined
    readonly options?: Shape | undefined
  }
}

interface OptionInfo {
  readonly name: string
  readonly default: unknown
  readonly description: string
}

/**
 * @param set the option that sets one of theirs
 * @param load loads one @throws {Error} (rejects) one line, which is told
 */
export function listing(
  command: string,
  description: string,
  set: string,
  names: () => readonly string[],
  load: (name: string) => Promise<Listed>,
): Command {
  return new Command(command)
    .description(description)
    .option('--json', 'print one JSON object a line')
    .addHelpText('after', `\nExample:\n  bin/gossip ${command}`)
    .action(async ({ json }: { json?: true }) => {
      for (const name of names()) {
        const loaded = await load(name).catch((error: Error) => error)
        if (loaded instanceof Error) {
          complain(loaded.message)
          process.exitCode = 1
        } else if (json) {
          const { summary, source } = loaded.declared
          printJson({ name, summary, source, options: optionsOf(loaded) })
        } else {
          print(describe(loaded, set))
        }
      }
    })
}

function describe(protocol: Listed, set: string): string {
  const { summary, source } = protocol.declared
  const options = optionsOf(protocol).map(
    (it) => `    ${set} ${it.name}=${String(it.default)}${it.description && `   ${it.description}`}`,
  )
  return [`${protocol.name}: ${summary}`, ...(source ? [`    ${source}`] : []), ...options].join('\n')
}

function optionsOf({ declared, options }: Listed): OptionInfo[] {
  return Object.entries(declared.options ?? {}).map(([name, schema]) => ({
    name,
    default: options[name],
    description: descriptionOf(schema),
  }))
}
