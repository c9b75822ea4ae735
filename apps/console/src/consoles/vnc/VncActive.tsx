import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMountedElement } from '../use-mounted-element.ts'
import type { VncDisplay } from './vnc-display.ts'

interface VncActiveProps {
  display: VncDisplay
  virtualMachineName: string
}

/** The guest's picture; scaled to fit by noVNC. */
export function VncActive({ display, virtualMachineName }: VncActiveProps) {
  const { t } = useTranslation()
  const host = useRef<HTMLDivElement>(null)
  useMountedElement(host, display.element)
  const label = t('consoles.screen.vnc', { name: virtualMachineName })
  useEffect(() => display.setLabel(label), [display, label])
  return <div ref={host} className="virtdeck-console__host" />
}
