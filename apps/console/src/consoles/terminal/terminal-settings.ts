import { createStoredValue } from '../../table/stored-value.ts'

export const TERMINAL_THEME_CHOICES = ['page', 'dark', 'light'] as const
export type TerminalThemeChoice = (typeof TERMINAL_THEME_CHOICES)[number]

export interface TerminalSettings {
  /** In pixels. */
  fontSize: number
  /** The colours of the page, or always the same. */
  theme: TerminalThemeChoice
  copyOnSelection: boolean
}

export const FONT_SIZE = { smallest: 8, usual: 14, largest: 32 } as const

/** For all terminals: they depend on the user's eyes more than on the VM. */
const settings = createStoredValue<TerminalSettings>({
  key: 'virtdeck.consoles.terminal',
  isValid: isTerminalSettings,
  initial: { fontSize: FONT_SIZE.usual, theme: 'page', copyOnSelection: false },
})

function isTerminalSettings(value: unknown): value is TerminalSettings {
  if (typeof value !== 'object' || value === null) return false
  const { fontSize, theme, copyOnSelection } = value as Record<string, unknown>
  return (
    typeof fontSize === 'number' &&
    fontSize >= FONT_SIZE.smallest &&
    fontSize <= FONT_SIZE.largest &&
    TERMINAL_THEME_CHOICES.some((choice) => choice === theme) &&
    typeof copyOnSelection === 'boolean'
  )
}

export const terminalSettings = settings
export const useTerminalSettings = settings.use

export function changeTerminalSettings(change: Partial<TerminalSettings>): void {
  settings.set({ ...settings.get(), ...change })
}
