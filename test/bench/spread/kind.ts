/** What can be measured: nodes of one kind, whatever they run as. */
import type { Told } from './node-channel.ts'

export interface MeasuredNode {
  /** Hands it a value. */
  publish(value: number): void
  told(): Promise<Told>
  /** Ms of the processor that it has used. */
  cpu(): number
  end(): void
}

/** What a TCP client says to a node, and hears. */
export interface ClientWords {
  /** A line that asks for a line each time that it has a newer value. */
  readonly watch: string
  /** A line that hands in a value, and is answered with one. */
  hand(value: number): string
  /** Which value it says to have. */
  heard(line: string): number | undefined
}

/** Nodes that are on their way up. */
export interface Starting {
  /** Whatever happens, that one is ended with the others. */
  add(node: MeasuredNode): void
  /** A node has that value now. */
  heard(value: number): void
}

export interface Kind {
  readonly name: string
  /**
   * Until they are linked up.
   * @returns the ports that a client finds them at; none where it can't
   * @throws {Error} one line, if they don't start or link up in time
   */
  start(nodes: number, starting: Starting): Promise<readonly number[]>
  readonly client?: ClientWords
}
