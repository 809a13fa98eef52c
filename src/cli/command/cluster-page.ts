/** The live page of `cluster`: of the nodes in this process, or of those that have one each. */

import { LocalCluster } from '../../cluster/local-cluster.ts'
import type { RunningCluster } from '../../cluster/running-cluster.ts'
import type { GossipEvent } from '../../measure/event.ts'
import type { ClusterSource } from '../../page/server/cluster-source.ts'
import type { Source } from '../../page/server/source.ts'
import { serve } from '../option/page.ts'
import { transportOf } from '../option/tls-options.ts'
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
  async show(cluster: RunningCluster, title: string, say: (line: string) => void): Promise<void> {
    const { httpPort, period, basePort } = this.#options
    if (httpPort === undefined) return
    if (cluster instanceof LocalCluster) {
      const { ClusterSource } = await import('../../page/server/cluster-source.ts')
      this.#source = new ClusterSource(cluster, { title, period })
      await serveCluster(this.#source, this.#options, say)
      return
    }
    // Nodes that have a process each are followed, as nodes anywhere are.
    const first = { host: '127.0.0.1', port: basePort }
    const { RemoteSource } = await import('../../page/server/remote-source.ts')
    const source = await RemoteSource.start(first, await transportOf(this.#options), cluster)
    await serveCluster(source, this.#options, say)
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
