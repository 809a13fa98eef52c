/** Options that `node` and `cluster` share, each also from the environment as GOSSIP_... */
import type { Command } from 'commander'
import { z } from 'zod'
import { SCOPES, type Scope } from '../../daemon/address/address-scope.ts'
import { type LimitName, parseLimit } from '../../daemon/limits.ts'
import { LOG_LEVELS, type LogLevel } from '../../daemon/log-level.ts'
import { DEFAULTS } from '../../daemon/settings.ts'
import type { MembershipProtocol, Protocol } from '../../gossip/protocol.ts'
import { DEFAULT_MEMBERSHIP, loadMembership, loadStrategy } from '../../loader/load.ts'
import { option } from './option.ts'
import { by, byFunction, duration, lifetime, listOf, period, setting } from './parse.ts'
import { addTlsOptions, type TlsOptions } from './tls-options.ts'

export interface GossipOptions extends TlsOptions {
  readonly strategy: string
  readonly set?: readonly (readonly [string, unknown])[]
  readonly membership: string
  readonly setMembership?: readonly (readonly [string, unknown])[]
  readonly period: number
  readonly maxClockDrift: number
  readonly ttl?: number
  readonly tombstones: number
  readonly dataDir?: string
  readonly limit?: readonly (readonly [LimitName, number])[]
  readonly learn?: readonly Scope[]
  readonly logLevel: string
}

export function addGossipOptions(command: Command, logLevel: LogLevel): Command {
  return addTlsOptions(command)
    .addOption(option('--strategy <name|file.ts>', 'GOSSIP_STRATEGY', 'the protocol').default('push'))
    .addOption(
      option('--set <key=value>', 'GOSSIP_SET', "an option of the strategy's; repeatable").argParser(
        listOf(setting),
      ),
    )
    .addOption(
      option('--membership <name|file.ts>', 'GOSSIP_MEMBERSHIP', 'who says who the peers are').default(
        DEFAULT_MEMBERSHIP,
      ),
    )
    .addOption(
      option(
        '--set-membership <key=value>',
        'GOSSIP_SET_MEMBERSHIP',
        "an option of the membership's; repeatable",
      ).argParser(listOf(setting)),
    )
    .addOption(
      option('--period <duration>', 'GOSSIP_PERIOD', 'between two rounds of gossip')
        .argParser(period)
        .default(DEFAULTS.period, '10s'),
    )
    .addOption(
      option(
        '--max-clock-drift <duration>',
        'GOSSIP_MAX_CLOCK_DRIFT',
        'refuse timestamps further in the future',
      )
        .argParser(duration)
        .default(DEFAULTS.maxClockDrift, '60s'),
    )
    .addOption(
      option(
        '--ttl <duration>',
        'GOSSIP_TTL',
        'forget a value that long after its timestamp (default: never)',
      ).argParser(lifetime),
    )
    .addOption(
      option(
        '--tombstones <duration>',
        'GOSSIP_TOMBSTONES',
        'forget a deletion that long after its timestamp',
      )
        .argParser(lifetime)
        .default(DEFAULTS.tombstones, '1h'),
    )
    .addOption(
      option(
        '--data-dir <folder>',
        'GOSSIP_DATA_DIR',
        'keep values there, so that they survive a crash (default: in memory only)',
      ),
    )
    .addOption(
      option(
        '--limit <name=value>',
        'GOSSIP_LIMIT',
        'another bound on what others can do (help node lists them); repeatable',
      ).argParser(listOf(byFunction(parseLimit))),
    )
    .addOption(
      option(
        '--learn <kind>',
        'GOSSIP_LEARN',
        `addresses to learn from others beside its own kind: ${SCOPES.join(', ')}; repeatable`,
      ).argParser(listOf(by(z.enum(SCOPES)))),
    )
    .addOption(
      option('--log-level <level>', 'GOSSIP_LOG_LEVEL', LOG_LEVELS.join(', '))
        .argParser(by(z.enum(LOG_LEVELS)))
        .default(logLevel),
    )
}

export function protocolOf({ strategy, set = [] }: GossipOptions): Promise<Protocol> {
  return loadStrategy(strategy, Object.fromEntries(set))
}

export function membershipOf({ membership, setMembership = [] }: GossipOptions): Promise<MembershipProtocol> {
  return loadMembership(membership, Object.fromEntries(setMembership))
}
