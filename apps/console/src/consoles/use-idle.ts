import { useEffect, type RefObject } from 'react'
import { idleWatch } from './idle-watch.ts'

const CHECK_MS = 10_000
const SIGNS_OF_LIFE = ['keydown', 'pointermove', 'pointerdown', 'wheel'] as const

setInterval(() => idleWatch.check(), CHECK_MS)

interface IdleOptions {
  /** Whose time it is; it goes on after the element is gone, until `idleWatch.forget`. */
  console: object
  /** 0 = never. */
  minutes: number
  onIdle: () => void
}

/** Calls back, again and again, when nobody has touched a console's element for a while. */
export function useIdle(
  element: RefObject<HTMLElement | null>,
  { console, minutes, onIdle }: IdleOptions,
): void {
  useEffect(() => {
    if (minutes > 0) idleWatch.watch(console, { minutes, onIdle })
  }, [console, minutes, onIdle])
  useEffect(() => {
    const watched = element.current
    if (!watched) return
    // To look at it again is a sign of life as well.
    idleWatch.touch(console)
    const onSign = () => idleWatch.touch(console)
    // Consoles keep keys for themselves; in the capture phase all are seen.
    for (const name of SIGNS_OF_LIFE) watched.addEventListener(name, onSign, { capture: true })
    return () => {
      for (const name of SIGNS_OF_LIFE) {
        watched.removeEventListener(name, onSign, { capture: true })
      }
    }
  }, [element, console])
}
