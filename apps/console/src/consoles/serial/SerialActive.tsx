import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useIsDark } from '../../theme/theme.ts'
import { useMountedElement } from '../use-mounted-element.ts'
import type { SerialDisplay } from './serial-display.ts'

interface SerialActiveProps {
  display: SerialDisplay
  virtualMachineName: string
}

/** The terminal, as large as its place; its scroll-back outlives connections. */
export function SerialActive({ display, virtualMachineName }: SerialActiveProps) {
  const { t } = useTranslation()
  const host = useRef<HTMLDivElement>(null)
  const isDark = useIsDark()
  useMountedElement(host, display.element)
  useEffect(() => {
    // Reports the first size, too.
    const observer = new ResizeObserver(() => display.fit())
    if (host.current) observer.observe(host.current)
    return () => observer.disconnect()
  }, [display])
  useEffect(() => display.setDark(isDark), [display, isDark])
  const label = t('consoles.screen.serial', { name: virtualMachineName })
  useEffect(() => display.setLabel(label), [display, label])
  return <div ref={host} className="virtdeck-console__host virtdeck-console__host--terminal" />
}
