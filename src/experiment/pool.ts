/** Threads of a pool, each of which loads one file and is sent tasks. */
import { Piscina } from 'piscina'

/**
 * @param file a module beside the caller's, whose default export does a task
 * @param data what each thread finds as its `workerData`
 */
export function openPool<Task, Answer>(file: URL, threads: number, data: unknown): Piscina<Task, Answer> {
  const pool = new Piscina<Task, Answer>({
    filename: file.href,
    minThreads: threads,
    maxThreads: threads,
    workerData: data,
  })
  // What fails is told by the promise of its task. A pool that is destroyed because one failed may still hear of
  // others that were under way: that it no longer knows them is no fault.
  pool.on('error', () => {})
  return pool
}
