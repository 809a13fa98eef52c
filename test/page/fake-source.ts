/** A source for a test, which says what the test says. */
import type { Source } from '../../src/page/server/source.ts'
import type { Hello, ServerMessage } from '../../src/page/wire.ts'

export class FakeSource implements Source {
  readonly hello: Hello
  readonly asked: unknown[] = []
  first: readonly ServerMessage[] = []
  readonly #listeners = new Set<(told: ServerMessage) => void>()

  /** @param can words of scenarios that it does */
  constructor(can: readonly string[] = []) {
    this.hello = { kind: 'hello', source: 'cluster', can, title: 'a test', period: null }
  }

  now(): readonly ServerMessage[] {
    return this.first
  }

  get listeners(): number {
    return this.#listeners.size
  }

  tell(told: ServerMessage): void {
    for (const it of this.#listeners) it(told)
  }

  listen(listener: (told: ServerMessage) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async act(action: unknown): Promise<string> {
    this.asked.push(action)
    if ((action as { do?: unknown }).do === 'fail') throw new Error('can not\nbe done')
    return 'it is done'
  }

  scenario(): readonly object[] {
    return [{ at: 0, do: 'heal' }]
  }

  stop(): void {}
}
