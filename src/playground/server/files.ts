/** The files of the page: made of the sources, or as they were made when the project was packed. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { writeFault } from '../../files/faults.ts'
import { root } from '../../loader/root.ts'
import { bundle, type Files } from '../bundle/bundle.ts'

const packed = `${root}dist/playground/`

/** @throws {Error} one line, if they can't be had */
export async function filesOfPage(): Promise<Files> {
  const made = await bundle()
  if (made !== undefined) return made
  if (!existsSync(packed)) throw new Error('the bundler of the playground is not installed: npm install')
  const entries = await readdir(packed, { withFileTypes: true, recursive: true })
  const files = entries.filter((it) => it.isFile()).map((it) => join(it.parentPath, it.name))
  return new Map(
    await Promise.all(
      files.map(
        async (it): Promise<[string, Uint8Array]> => [
          relative(packed, it).split(sep).join('/'),
          await readFile(it),
        ],
      ),
    ),
  )
}

/**
 * Writes them for any web host. What lies in the folder besides is left alone.
 * @throws {Error} one line, if that can't be
 */
export async function writeFiles(files: Files, folder: string): Promise<void> {
  try {
    for (const [path, contents] of files) {
      const file = join(folder, path)
      await makeFolder(folder)
      await makeFolder(dirname(file))
      await writeFile(file, contents)
    }
  } catch (error) {
    throw new Error(`can't write to ${folder}: ${writeFault(error)}`)
  }
}

/** Not by `recursive`, which tries for ever where no folder can be made, as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}
