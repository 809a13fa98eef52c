/** Which container this process runs in. */
import { existsSync } from 'node:fs'
import { hostname } from 'node:os'

/** Files that engines put into containers. */
const SIGNS = ['/.dockerenv', '/run/.containerenv']

/** Its host name, which is the id that `docker ps` shows, unless it was given another; undefined outside of containers. */
export function containerName(): string | undefined {
  return SIGNS.some((it) => existsSync(it)) ? hostname() : undefined
}
