/** A link to what is shown. */
import type { VNode } from 'preact'
import type { Playground } from './playground.ts'

export function ShareButton({ playground }: { readonly playground: Playground }): VNode {
  return (
    <button
      type="button"
      title="The address then has all of it: settings, your file, the seed, what was done, the moment"
      onClick={() => void share(playground)}
    >
      Share
    </button>
  )
}

async function share(playground: Playground): Promise<void> {
  const link = await playground.link()
  if (link === undefined) return
  history.replaceState(null, '', link)
  const isCopied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  )
  playground.say(isCopied ? 'the link is copied' : 'the link stands in the address bar')
}
