/** What a bundle of the compiler needs besides its files. */
import type { Plugin } from 'esbuild'
import { declarations } from './declarations.ts'

/** The editor's parts ask for `typescript`, which is another one than runs in a browser. */
export const TYPESCRIPT = { typescript: 'typescript-6' }

/** Makes the module `gossip:declarations`. @param root the project's folder, compiled, ending with a slash */
export function withDeclarations(root: string): Plugin {
  return {
    name: 'declarations',
    setup(build) {
      build.onResolve({ filter: /^gossip:declarations$/ }, ({ path }) => ({ path, namespace: 'gossip' }))
      build.onLoad({ filter: /./, namespace: 'gossip' }, () => ({
        contents: JSON.stringify(declarations(root)),
        loader: 'json',
      }))
    },
  }
}
