import { useEffect, useRef } from 'react'
import { useIsDark } from '../../theme/theme.ts'
import { useMountedElement } from '../use-mounted-element.ts'
import type { TerminalView } from './terminal-view.ts'

interface TerminalActiveProps {
  display: Pick<TerminalView, 'element' | 'fit' | 'setDark' | 'setLabel'>
  label: string
}

/** The terminal, as large as its place; its scroll-back outlives connections. */
export function TerminalActive({ display, label }: TerminalActiveProps) {
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
  useEffect(() => display.setLabel(label), [display, label])
  return <div ref={host} className="virtdeck-console__host virtdeck-console__host--terminal" />
}
