/** Waits a little, where a pipe has nothing yet, or takes nothing, and does not wait itself. */
const MS = 5
const never = new Int32Array(new SharedArrayBuffer(4))

export function pause(): void {
  Atomics.wait(never, 0, 0, MS)
}
