/** What the compiler in a browser reads: the types that a protocol's file sees, the language's own, and our options. */
import { dirname } from 'node:path'
import ts from 'typescript-6'
import { IMPORTABLE } from '../importable.ts'
import { quickened } from './quick-zod.ts'

export interface Declarations {
  /** As the project's tsconfig.json has them, for one file without Node's types. */
  readonly options: ts.CompilerOptions
  /** Texts by the paths that the options speak of. */
  readonly files: Readonly<Record<string, string>>
}

/** Where the declarations of a module begin, in the project. */
const BEGIN: Readonly<Record<string, string>> = {
  'gossip/strategy': 'dist/src/gossip/strategy.d.ts',
  'gossip/membership': 'dist/src/gossip/membership.d.ts',
  zod: 'node_modules/zod/index.d.ts',
}

const SCHEMAS = '/node_modules/zod/v4/classic/schemas.d.ts'

/**
 * Exactly the files that the compiler reads for those modules.
 * @param root the project's folder, compiled, ending with a slash
 * @throws {Error} one line: a declaration is not there
 */
export function declarations(root: string): Declarations {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile)
  const given = ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root).options
  const { composite, rootDir, outDir, sourceMap, tsBuildInfoFile, pathsBasePath, configFilePath, ...kept } =
    given
  const options: ts.CompilerOptions = {
    ...kept,
    types: [],
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }
  const paths = Object.fromEntries(IMPORTABLE.map((it) => [it, [`${root}${BEGIN[it]}`]]))
  const program = ts.createProgram(Object.values(paths).flat(), { ...options, paths, preserveSymlinks: true })
  const missing = program.getOptionsDiagnostics().concat(program.getGlobalDiagnostics())
  if (missing.length > 0) throw new Error(ts.flattenDiagnosticMessageText(missing[0]!.messageText, ' '))
  const libs = dirname(ts.getDefaultLibFilePath(options))
  const virtual = (path: string): string => path.replace(`${libs}/`, '/').replace(root, '/')
  return {
    options: {
      ...options,
      paths: Object.fromEntries(Object.entries(paths).map(([it, [to = '']]) => [it, [virtual(to)]])),
    },
    files: Object.fromEntries(
      program.getSourceFiles().map(({ fileName, text }) => {
        const path = virtual(fileName)
        return [path, path === SCHEMAS ? quickened(text) : text]
      }),
    ),
  }
}
