/** What happened last at a place of a replay. */

import type { Flight } from '../../model/flights.ts'
import { inWords as networkInWords } from '../../model/network-state.ts'
import type { Moment } from '../../model/replay.ts'
import type { Change } from '../../model/spread.ts'
import type { Player } from './player.ts'

export function momentInWords({ replay, position }: Player): string {
  const moment = replay.moments[Math.floor(position) - 1]
  return moment === undefined ? '' : inWords(moment)
}

function inWords(moment: Moment): string {
  switch (moment.what) {
    case 'infected': {
      const { node, from, hops } = moment.infection
      return from === null ? `${node} got it from a client` : `${node} got it from ${from}, hop ${hops}`
    }
    case 'sent':
      return `${moment.flight.from} sent it to ${moment.flight.to}`
    case 'ended':
      return `${moment.flight.from} to ${moment.flight.to}: ${fate(moment.flight)}`
    case 'changed':
      return changeInWords(moment.change)
    case 'turned':
      return `network: ${networkInWords(moment.turn.network)}`
  }
}

function changeInWords({ node, is, keeps }: Change): string {
  if (is === 'found') return `${node} has it; how it came was not seen`
  if (is === 'lost') return `${node} could not be reached any more`
  if (is === 'back') return `${node} could be reached again`
  return `${node} ${is}${is === 'started' && keeps ? ' and has kept it' : ''}`
}

export function fate({ outcome }: Flight): string {
  switch (outcome) {
    case 'infected':
      return 'came first'
    case 'known':
      return 'known already'
    case 'lost':
      return 'was lost'
    case 'refused':
      return 'was refused'
    case 'under way':
      return 'under way'
  }
}
