/** Loads a file of src/cli, with all that it imports. */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * At once, where this Node can: `import()` looks for and reads each of some hundred small files in turns of the event
 * loop, and a node would take a fifth more of the processor's time to start.
 * @param file relative to this one
 */
export async function load<T>(file: string): Promise<T> {
  return process.features.require_module ? require(file) : await import(file)
}
