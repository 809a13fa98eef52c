/** What a bundle of the compiler needs besides its files: a plug-in for the bundler. */
import type { Plugin } from 'esbuild'

/** @param root the project's folder, compiled, ending with a slash */
export function forCompiler(root: string): Plugin {
  return {
    name: 'compiler',
    setup(build) {
      // Others ask for `typescript`, which is one that does not run in a browser.
      build.initialOptions.alias = { ...build.initialOptions.alias, typescript: 'typescript-6' }
      // Asked for only where there is a file system.
      build.onResolve({ filter: /^path$/ }, ({ path }) => ({ path, external: true }))
      build.onResolve({ filter: /^gossip:declarations$/ }, ({ path }) => ({ path, namespace: 'gossip' }))
      build.onLoad({ filter: /./, namespace: 'gossip' }, async () => {
        const { declarations } = await import('./declarations.ts')
        return { contents: JSON.stringify(declarations(root)), loader: 'json' }
      })
    },
  }
}
