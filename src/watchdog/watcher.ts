/** The thread that looks after the main one. */
import { writeSync } from 'node:fs'
import { type Debugger, Session } from 'node:inspector'
import { performance } from 'node:perf_hooks'
import { parentPort, workerData } from 'node:worker_threads'
import { Board } from '../gossip/handler-progress.ts'
import type { WatcherData } from './main-thread.ts'
import { LOOK_MS, RunTime, Stall, stuck } from './stall.ts'

/** Ms without a sign of life after which signals are left to the system. */
const SIGNALS_MS = 400
/** Ms that the debugger has to stop it; what runs in native code can't be. */
const PATIENCE_MS = 3000

const { board, hooks, timeout } = workerData as WatcherData
const stall = new Stall(new Board(board))
const runTime = new RunTime()
let areSignalsFree = false
let isEnding = false
let before = performance.now()

setInterval(() => {
  const now = performance.now()
  const ms = stall.look(now - before, runTime.next())
  before = now
  if (ms >= timeout && !isEnding) {
    isEnding = true
    void end(stuck(stall.what, timeout))
  } else if (ms >= SIGNALS_MS && !areSignalsFree) {
    areSignalsFree = true
    inMainThread(() => 'freeSignals()', true)
  } else if (ms === 0 && areSignalsFree) {
    areSignalsFree = false
    parentPort?.postMessage('goes on')
  }
}, LOOK_MS)

async function end(what: string): Promise<void> {
  inMainThread((stack) => `end(${JSON.stringify(what)}, ${JSON.stringify(stack)})`, false)
  await new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  writeSync(2, `error: ${what}\n`)
  process.kill(process.pid, 'SIGKILL')
}

/** Stops it wherever it is, and calls one of the hooks there. @param resumes does it go on then? */
function inMainThread(call: (stack: readonly string[]) => string, resumes: boolean): void {
  const session = new Session()
  session.connectToMainThread()
  const files = new Map<string, string>()
  session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => files.set(scriptId, url))
  session.on('Debugger.paused', ({ params: { callFrames } }) => {
    const [top] = callFrames
    if (top === undefined) {
      session.post('Debugger.resume', () => session.disconnect())
      return
    }
    const expression = `globalThis[Symbol.for(${JSON.stringify(hooks)})].${call(callFrames.map((it) => placeOf(it, files)))}`
    session.post('Debugger.evaluateOnCallFrame', { callFrameId: top.callFrameId, expression }, () => {
      if (resumes) session.post('Debugger.resume', () => session.disconnect())
    })
  })
  session.post('Debugger.enable')
  session.post('Debugger.pause')
  // Whatever became of it: a thread that goes on must not stay held.
  if (resumes) setTimeout(() => session.disconnect(), PATIENCE_MS).unref()
}

/** As a line of an error's stack has it. */
function placeOf({ location }: Debugger.CallFrame, files: ReadonlyMap<string, string>): string {
  return `${files.get(location.scriptId)}:${location.lineNumber + 1}:${(location.columnNumber ?? 0) + 1}`
}
