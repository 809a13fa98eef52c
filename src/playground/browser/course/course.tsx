/** The course's place: what it takes is loaded when it is opened. */
import type { FunctionComponent, VNode } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Playground } from '../playground.ts'

type Panel = FunctionComponent<{ readonly playground: Playground }>

export function Course({ playground }: { readonly playground: Playground }): VNode {
  const [panel, setPanel] = useState<{ readonly it: Panel } | null>(null)
  useEffect(() => {
    void import('./course-panel.tsx').then(({ default: it }) => setPanel({ it }))
  }, [])
  return panel === null ? <p class="none">loading</p> : <panel.it playground={playground} />
}
