import { useTranslation } from 'react-i18next'
import { TerminalActive } from '../terminal/TerminalActive.tsx'
import type { SerialDisplay } from './serial-display.ts'

interface SerialActiveProps {
  display: SerialDisplay
  virtualMachineName: string
}

export function SerialActive({ display, virtualMachineName }: SerialActiveProps) {
  const { t } = useTranslation()
  const label = t('consoles.screen.serial', { name: virtualMachineName })
  return <TerminalActive display={display} label={label} />
}
