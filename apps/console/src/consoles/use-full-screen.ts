import { useEffect, useState, type RefObject } from 'react'

/** The Keyboard Lock API is not in TypeScript's DOM library; Chromium has it. */
interface KeyboardLock {
  lock?: () => Promise<void>
  unlock?: () => void
}

const keyboard = (): KeyboardLock =>
  (navigator as Navigator & { keyboard?: KeyboardLock }).keyboard ?? {}

/** Full screen for an element; where the browser can, with Esc and Alt+Tab for the guest. */
export function useFullScreen(element: RefObject<HTMLElement | null>) {
  const [isFullScreen, setIsFullScreen] = useState(false)

  useEffect(() => {
    const update = () => {
      const isOn =
        document.fullscreenElement !== null && document.fullscreenElement === element.current
      setIsFullScreen(isOn)
      if (!isOn) keyboard().unlock?.()
    }
    document.addEventListener('fullscreenchange', update)
    return () => document.removeEventListener('fullscreenchange', update)
  }, [element])

  async function toggle(): Promise<void> {
    if (document.fullscreenElement) return document.exitFullscreen()
    await element.current?.requestFullscreen()
    // Holding Esc leaves full screen then; the browser says so.
    await keyboard().lock?.()
  }

  return { isFullScreen, toggle }
}
