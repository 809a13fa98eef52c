/** How large an element is, in px. */
import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

export interface Size {
  readonly width: number
  readonly height: number
}

export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => {
      const { width, height } = entry!.contentRect
      // What is hidden has no size, and keeps the one that it had.
      if (width > 0 && height > 0) setSize({ width: Math.round(width), height: Math.round(height) })
    })
    observer.observe(ref.current!)
    return () => observer.disconnect()
  }, [ref])
  return size
}
