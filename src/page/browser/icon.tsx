/** Signs drawn as paths: no font has them all. */
import type { VNode } from 'preact'

const PATHS = {
  play: 'M4 2.5L13 8L4 13.5Z',
  pause: 'M3.5 2.5H6.5V13.5H3.5ZM9.5 2.5H12.5V13.5H9.5Z',
  forward: 'M5 3L11 8L5 13Z',
  back: 'M11 3L5 8L11 13Z',
  nextHop: 'M3 3L9 8L3 13ZM10.5 3H12.5V13H10.5Z',
  previousHop: 'M13 3L7 8L13 13ZM3.5 3H5.5V13H3.5Z',
  moon: 'M13.5 9.8A6 6 0 0 1 6.2 2.5A6 6 0 1 0 13.5 9.8Z',
  sun: 'M8 4.6A3.4 3.4 0 1 1 8 11.4A3.4 3.4 0 1 1 8 4.6ZM7.4 0.8H8.6V3H7.4ZM7.4 13H8.6V15.2H7.4ZM0.8 7.4H3V8.6H0.8ZM13 7.4H15.2V8.6H13ZM2.5 3.3L3.3 2.5L4.9 4.1L4.1 4.9ZM11.1 11.9L11.9 11.1L13.5 12.7L12.7 13.5ZM2.5 12.7L4.1 11.1L4.9 11.9L3.3 13.5ZM11.1 4.1L12.7 2.5L13.5 3.3L11.9 4.9Z',
  close: 'M3.4 2.4L8 7L12.6 2.4L13.6 3.4L9 8L13.6 12.6L12.6 13.6L8 9L3.4 13.6L2.4 12.6L7 8L2.4 3.4Z',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }): VNode {
  return (
    <svg width="16" height="16" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
