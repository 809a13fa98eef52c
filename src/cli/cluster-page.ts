/** The live page of `cluster`: of the nodes in this process, or of those that have one each. */
import type { Endpoint } from '../daemon/address.ts'
import type { Cluster } from '../daemon/cluster.ts'
import type { Transport } from '../daemon/transport.ts'
import type { GossipEvent } from '../measure/event.ts'
import { ClusterSource } from '../page/server/cluster-source.ts'
import { FollowedSource } from '../page/server/followed-source.ts'
import type { Source } from '../page/server/source.ts'
import type { ClusterOptions } from './cluster-start.ts'
import { serve } from './page.ts'

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
    await serveCluster(await FollowedSource.start(one, transport), this.#options, say)
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
