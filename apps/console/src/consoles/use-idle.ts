import { useEffect, type RefObject } from 'react'

const CHECK_MS = 10_000
const SIGNS_OF_LIFE = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const

/** Calls back when nobody has touched an element for a while; 0 minutes = never. */
export function useIdle(
  element: RefObject<HTMLElement | null>,
  { minutes, onIdle }: { minutes: number; onIdle: () => void },
): void {
  useEffect(() => {
    const watched = element.current
    if (!watched || minutes === 0) return
    let lastSeen = Date.now()
    const onSign = () => {
      lastSeen = Date.now()
    }
    const timer = setInterval(() => {
      if (Date.now() - lastSeen >= minutes * 60_000) onIdle()
    }, CHECK_MS)
    // Consoles keep keys for themselves; in the capture phase all are seen.
    for (const name of SIGNS_OF_LIFE) watched.addEventListener(name, onSign, { capture: true })
    return () => {
      clearInterval(timer)
      for (const name of SIGNS_OF_LIFE) {
        watched.removeEventListener(name, onSign, { capture: true })
      }
    }
  }, [element, minutes, onIdle])
}
