/** An installation that belongs to one user and is used by another. */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { COMPILED, copyParts, SOURCES } from './project.ts'
import { type Outcome, Running, root, run, type Surroundings } from './run.ts'

/** A user who owns nothing here. */
export const NOBODY = 65534
/** Why nobody else can run commands here; else undefined. */
export function whyNobodyElse(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root can run commands as somebody else'
  return asNobody('') ? undefined : 'others may not run Node here'
}

/** Why no file system can be mounted here; else undefined. */
export function whyNoMounts(): string | undefined {
  const { status } = spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', tmpdir()])
  return status === 0 ? undefined : 'only root on Linux can mount a full or read-only disk for a command'
}

function asNobody(script: string): boolean {
  const { status } = spawnSync(process.execPath, ['-e', script], { cwd: '/', uid: NOBODY, gid: NOBODY })
  return status === 0
}

/** May that other user? */
export function mayRead(folder: string): boolean {
  const script = `require('node:fs').readdirSync(${JSON.stringify(folder)})`
  return asNobody(script)
}

export class Installation {
  /** The project, ending with a slash. */
  readonly project: string
  /** A folder with the user's strategy file, which they may not write to. */
  readonly mine: string
  /** The user's own: their home. */
  readonly home: string
  readonly #t: TestContext

  constructor(t: TestContext, strategy: string) {
    this.#t = t
    const folder = mkdtempSync(join(tmpdir(), 'gossip-installed-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    chmodSync(folder, 0o755)
    this.project = `${folder}/project/`
    this.mine = `${folder}/mine`
    this.home = `${folder}/home`
    for (const it of [this.project, this.mine, this.home]) mkdirSync(it)
    spawnSync('chown', [String(NOBODY), this.home])
    copyParts(SOURCES, this.project)
    const [from, to] = [`${root}node_modules`, `${this.project}node_modules`]
    if (mayRead(from)) symlinkSync(from, to)
    else execFileSync('cp', ['-r', from, to])
    writeFileSync(`${this.mine}/mine.ts`, strategy)
  }

  /** As its owner. @param isCompiled has the compiler been there before, and made what it makes of these sources? */
  build({ isCompiled = true } = {}): void {
    if (isCompiled) copyParts(COMPILED, this.project)
    const { status, stderr } = spawnSync(process.execPath, ['bin/build.js'], {
      cwd: this.project,
      encoding: 'utf8',
    })
    assert.equal(status, 0, stderr)
  }

  /** As somebody else, from the folder of their strategy. */
  around(env: Readonly<Record<string, string>> = {}): Surroundings {
    return {
      project: this.project,
      cwd: this.mine,
      user: NOBODY,
      env: { HOME: this.home, XDG_CACHE_HOME: '', TMPDIR: this.home, ...env },
    }
  }

  run(command: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return run(this.#t, command, this.around(env))
  }

  start(command: string, env: Readonly<Record<string, string>> = {}): Running {
    return new Running(this.#t, command, this.around(env))
  }

  /** As root, with what a shell mounts before, for this command alone. @param mounts a script */
  runWith(mounts: string, command: string, env: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    const { user: _, ...around } = this.around(env)
    const wrapper = ['unshare', '-m', 'sh', '-ec', `${mounts}; exec "$@"`, 'sh']
    return run(this.#t, command, { ...around, wrapper })
  }

  /** What lies in the user's cache, by the first part of its name. */
  cached(kind: string): string[] {
    const cache = `${this.home}/.cache/gossip`
    return readdirSync(cache).filter((it) => it.startsWith(kind))
  }

  snapshot(): string {
    return snapshotOf(this.project)
  }
}

/** All that lies in a folder: names, times and sizes. */
export function snapshotOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((it) => {
      const { mtimeMs, ctimeMs, size } = lstatSync(join(folder, it))
      return [it, mtimeMs, ctimeMs, size].join(' ')
    })
    .join('\n')
}
