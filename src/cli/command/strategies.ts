/** bin/gossip strategies: what there is to run. */
import { loadStrategy, strategyNames } from '../../loader/load.ts'
import { listing } from './listing.ts'

export const strategiesCommand = listing(
  'strategies',
  'Lists the protocols and their options.',
  '--set',
  strategyNames,
  async (name) => {
    const protocol = await loadStrategy(name)
    return { ...protocol, declared: protocol.strategy }
  },
)
