/** Makes the files of the playground's page out of what the compiler made. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../loader/root.ts'
import { inBrowserPlugin } from './in-browser.ts'

const compiled = `${root}dist/src/playground/`
const sources = `${root}src/`

/**
 * @param folder where the files go; what lay in its `assets` is gone
 * @throws {Error} one line, if the bundler is not installed
 */
export async function bundle(folder: string): Promise<void> {
  const { build } = await import('esbuild').catch(() => {
    throw new Error('the bundler is not installed: npm install')
  })
  const common = {
    bundle: true,
    minify: true,
    logLevel: 'silent',
    target: 'es2023',
    legalComments: 'none',
  } as const
  const worker = await build({
    ...common,
    entryPoints: [`${compiled}worker/worker.js`],
    format: 'iife',
    write: false,
    plugins: [inBrowserPlugin()],
  })
  await rm(join(folder, 'assets'), { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await build({
    ...common,
    entryPoints: { main: `${compiled}browser/main.js` },
    format: 'esm',
    splitting: true,
    outdir: join(folder, 'assets'),
    plugins: [
      inBrowserPlugin(),
      // A worker that is made of a text is bound to what the page may do, on any host.
      {
        name: 'worker-text',
        setup(it) {
          it.onLoad({ filter: /browser\/worker-text\.js$/ }, () => ({
            contents: `export const text = ${JSON.stringify(worker.outputFiles[0]!.text)}`,
          }))
        },
      },
    ],
  })
  await writeFile(join(folder, 'index.html'), await readFile(`${sources}playground/browser/index.html`))
  const styles = ['page/browser/page.css', 'playground/browser/playground.css']
  const css = await Promise.all(styles.map((it) => readFile(sources + it, 'utf8')))
  await writeFile(join(folder, 'assets', 'page.css'), css.join('\n'))
}
