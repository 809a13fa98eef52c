/** What happened last at a place of a replay. */
import type { Moment } from '../model/replay.ts'
import type { Flight } from '../model/spread.ts'
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
      return `${moment.change.node} ${moment.change.is}`
  }
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
