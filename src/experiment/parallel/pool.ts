/** Threads of a pool, each of which loads one file and is sent tasks. */
import { Piscina } from 'piscina'
import { newBoards, TOO_MUCH, watchBoards } from '../../watchdog/threads.ts'

/** What every thread of a pool finds in its `workerData`. */
export interface PoolData {
  /** Of which it takes one, to say what of a strategy is under way. */
  readonly boards: SharedArrayBuffer
}

export interface Pool<Task, Answer> {
  /** @throws {Stuck} (rejects) if a handler does not come back, in whatever thread */
  run(task: Task): Promise<Answer>
  destroy(): Promise<void>
}

/**
 * @param file a module beside the caller's, whose default export does a task
 * @param timeout ms after which a handler counts as one that does not come back
 * @param data what each thread finds as its `workerData`
 * @param heap MB that each may take; as many as there are, if left out
 */
export function openPool<Task, Answer>(
  file: URL,
  threads: number,
  data: object,
  timeout?: number,
  heap?: number,
): Pool<Task, Answer> {
  const boards = newBoards(threads)
  const pool = new Piscina<Task, Answer>({
    filename: file.href,
    minThreads: threads,
    maxThreads: threads,
    workerData: { ...data, boards } satisfies PoolData,
    ...(heap === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heap } }),
  })
  // What fails is told by the promise of its task. A pool that is destroyed because one failed may still hear of
  // others that were under way: that it no longer knows them is no fault.
  pool.on('error', () => {})
  const watch = watchBoards(boards, timeout, heap && heap * 2 ** 20 * threads)
  return {
    run: (task) => {
      const answer = pool.run(task).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') throw watch.fault(TOO_MUCH)
        // The pool has no code for it.
        if (/^worker exited with code/.test(error.message)) throw watch.fault('ends its thread')
        throw error
      })
      return Promise.race([answer, watch.stuck])
    },
    destroy: () => {
      watch.over()
      return pool.destroy()
    },
  }
}
