/** An option that the environment may give; an empty variable counts as none. */
import { Option } from 'commander'

export function option(flags: string, variable: string, description: string): Option {
  const it = new Option(flags, description)
  if (process.env[variable] === '') delete process.env[variable]
  return it.env(variable)
}
