/** bin/gossip strategies: what there is to run. */
import { Command } from 'commander'
import { z } from 'zod'
import type { Protocol } from '../../gossip/protocol.ts'
import { loadStrategy, strategyNames } from '../../loader/load.ts'
import { complain, print, printJson } from '../output/terminal.ts'

interface OptionInfo {
  readonly name: string
  readonly default: unknown
  readonly description: string
}

export const strategiesCommand = new Command('strategies')
  .description('Lists the protocols and their options.')
  .option('--json', 'print one JSON object a line')
  .addHelpText('after', '\nExample:\n  bin/gossip strategies')
  .action(strategies)

async function strategies({ json }: { json?: true }): Promise<void> {
  for (const name of strategyNames()) {
    const loaded = await loadStrategy(name).catch((error: Error) => error)
    if (loaded instanceof Error) {
      complain(loaded.message)
      process.exitCode = 1
    } else if (json) {
      const { summary, source } = loaded.strategy
      printJson({ name, summary, source, options: optionsOf(loaded) })
    } else {
      print(describe(loaded))
    }
  }
}

function describe(protocol: Protocol): string {
  const { summary, source } = protocol.strategy
  const options = optionsOf(protocol).map(
    (it) => `    --set ${it.name}=${String(it.default)}${it.description && `   ${it.description}`}`,
  )
  return [`${protocol.name}: ${summary}`, ...(source ? [`    ${source}`] : []), ...options].join('\n')
}

function optionsOf({ strategy, options }: Protocol): OptionInfo[] {
  return Object.entries(strategy.options ?? {}).map(([name, schema]) => ({
    name,
    default: options[name],
    description: schema.description ?? z.globalRegistry.get(schema)?.description ?? '',
  }))
}
