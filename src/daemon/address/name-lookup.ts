/**
 * Looks names up within a bound. The system's own look-up waits many seconds for a name server that does not answer,
 * can't be called off, and keeps a process from ending meanwhile. So the name server is asked first whether it is
 * there; only if it says anything, or this machine's own list has the name, the system is asked.
 */
import { type LookupAddress, lookup, promises } from 'node:dns'
import { readFileSync } from 'node:fs'
import { isIP, type LookupFunction } from 'node:net'

/** Ms that a name server has to say anything, and the whole look-up may take. */
const SERVER_MS = 1500
const LOOKUP_MS = 5000

/** All addresses of a name, the system's first one first. @throws {Error} one line */
export async function addressesOf(host: string): Promise<string[]> {
  return (await addresses(host)).map(({ address }) => address)
}

/** For sockets. */
export const boundedLookup: LookupFunction = (host, options, done) => {
  addresses(host, options.family === 4 || options.family === 6 ? options.family : 0).then(
    (found) => (options.all ? done(null, found) : done(null, found[0]!.address, found[0]!.family)),
    (error) => done(error, '', 0),
  )
}

async function addresses(host: string, family = 0): Promise<LookupAddress[]> {
  const kind = isIP(host)
  if (kind !== 0) return [{ address: host, family: kind }]
  if (!isOfThisMachine(host) && !(await isServerThere(host))) throw unanswered(host)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(unanswered(host)), LOOKUP_MS)
    lookup(host, { all: true, family }, (error, found) => {
      clearTimeout(timer)
      if (error) reject(error)
      else if (found.length === 0) reject(unanswered(host))
      else resolve(found)
    })
  })
}

/** It is there if it says anything, be it that there is no such name. */
async function isServerThere(host: string): Promise<boolean> {
  const resolver = new promises.Resolver({ timeout: SERVER_MS, tries: 1 })
  try {
    await resolver.resolve4(host)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ETIMEOUT'
  }
}

/** Names that need no name server. */
function isOfThisMachine(host: string): boolean {
  if (host === 'localhost' || host.endsWith('.localhost')) return true
  try {
    const lines = readFileSync('/etc/hosts', 'utf8').toLowerCase().split('\n')
    return lines.some((it) => it.replace(/#.*/, '').split(/\s+/).slice(1).includes(host.toLowerCase()))
  } catch {
    return false
  }
}

function unanswered(host: string): Error {
  return Object.assign(new Error(`getaddrinfo ETIMEOUT ${host}: no name server answers`), {
    code: 'ETIMEOUT',
    hostname: host,
  })
}
