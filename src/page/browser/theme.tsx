/** Light or dark: as the system has it, unless one says otherwise. */
import type { VNode } from 'preact'
import { useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

type Theme = 'light' | 'dark'

/** Told when colours have changed: what is drawn on a canvas has to be drawn again. */
export const themeChanges = new EventTarget()

const system = matchMedia('(prefers-color-scheme: dark)')
system.addEventListener('change', () => themeChanges.dispatchEvent(new Event('change')))

export function ThemeButton(): VNode {
  const [theme, setTheme] = useState<Theme | null>(null)
  const other: Theme = (theme ?? (system.matches ? 'dark' : 'light')) === 'dark' ? 'light' : 'dark'
  const toggle = (): void => {
    document.documentElement.dataset.theme = other
    setTheme(other)
    themeChanges.dispatchEvent(new Event('change'))
  }
  return (
    <button
      type="button"
      class="icon"
      aria-label={`Use ${other} colours`}
      title={`Use ${other} colours`}
      onClick={toggle}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  )
}

/** The colour that a variable of the style sheet stands for just now. @param opacity 0-1 */
export function colour(name: string, opacity = 1): string {
  const probe = document.createElement('i')
  probe.style.color =
    opacity === 1 ? `var(--${name})` : `color-mix(in srgb, var(--${name}) ${100 * opacity}%, transparent)`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}
