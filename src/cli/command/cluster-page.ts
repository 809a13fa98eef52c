/** The live page of `cluster`: of the nodes in this process, or of those that have one each. */

import type { Cluster } from '../../cluster/cluster.ts'
import type { Endpoint } from '../../daemon/address/address.ts'
import type { Transport } from '../../daemon/transport/transport.ts'
import type { GossipEvent } from '../../measure/event.ts'
import { ClusterSource } from '../../page/server/cluster-source.ts'
import { RemoteSource } from '../../page/server/remote-source.ts'
import type { Source } from '../../page/server/source.ts'
import { serve } from '../option/page.ts'
import type { ClusterOptions } from './cluster-start.ts'

export class ClusterPage {
  readonly #options: ClusterOptions
  #source: ClusterSource | undefined

  constructor(options: ClusterOptions) {
    this.#options = options
  }

  /** To be told of every event of the cluster. */
  see(event: GossipEvent): void {
    this.#source?.see(event)
  }

  /** Does nothing where no page was asked for. @throws {Error} one line, if it can't listen there */
  async show(cluster: Cluster, title: string, say: (line: string) => void): Promise<void> {
    if (this.#options.httpPort === undefined) return
    this.#source = new ClusterSource(cluster, { title, period: this.#options.period })
    await serveCluster(this.#source, this.#options, say)
  }

  /** As `show`, of nodes that have a process each: they are only followed. */
  async follow(one: Endpoint, transport: Transport | undefined, say: (line: string) => void): Promise<void> {
    if (this.#options.httpPort === undefined) return
    await serveCluster(await RemoteSource.start(one, transport), this.#options, say)
  }
}

async function serveCluster(
  source: Source,
  { httpPort, httpHost }: ClusterOptions,
  say: (line: string) => void,
): Promise<void> {
  const hint = (port: number): string => `--http-port ${port} (npm start -- --http-port ${port})`
  const { url } = await serve(source, httpPort!, httpHost, hint)
  say(`open ${url}`)
}
