import { useEffect } from 'react'
import { useLocation, useParams } from 'react-router'
import { paths } from '../paths.ts'
import { closePalette, openPalette, useIsPaletteOpen } from './palette-store.ts'
import { PaletteDialog } from './PaletteDialog.tsx'
import { VirtualMachinePalette } from './VirtualMachinePalette.tsx'

/** Opens with Ctrl-K or ⌘-K, except where a console or an editor takes these keys itself. */
export function CommandPalette() {
  const isOpen = useIsPaletteOpen()
  const { pathname } = useLocation()
  const { namespace, name } = useParams()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const isShortcut = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)
      if (!isShortcut || event.defaultPrevented || event.altKey || event.shiftKey) return
      event.preventDefault()
      openPalette()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
  // Whoever signs out leaves it behind.
  useEffect(() => closePalette, [])

  if (!isOpen) return null
  if (namespace !== undefined && name !== undefined) {
    const target = { namespace, name }
    if (pathname.startsWith(paths.virtualMachine(target))) {
      return <VirtualMachinePalette {...target} />
    }
  }
  return <PaletteDialog />
}
