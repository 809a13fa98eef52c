/** A worker out of its text: so it is bound by what the page may do, on any host. */
export function workerOf(text: string): Worker {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  return new Worker(url)
}
