import { createStoredValue } from '../../table/stored-value.ts'
import { KEYBOARD_LAYOUT_NAMES, type KeyboardLayoutName } from './keyboard/keyboard-layouts.ts'

/** How the guest's picture gets into its place on the page. */
export const SCALINGS = ['fit', 'original', 'guest'] as const
export type Scaling = (typeof SCALINGS)[number]

export const PICTURES = ['best', 'balanced', 'fast'] as const
export type Picture = (typeof PICTURES)[number]

/** JPEG quality and zlib level, 0 to 9 each, as noVNC has them. */
export const PICTURE_LEVELS: Readonly<
  Record<Picture, { quality: number; compression: number }>
> = {
  best: { quality: 9, compression: 1 },
  balanced: { quality: 6, compression: 2 },
  fast: { quality: 2, compression: 8 },
}

export interface VncSettings {
  scaling: Scaling
  picture: Picture
  /** The keyboard that the guest is set up for. */
  layout: KeyboardLayoutName
}

const INITIAL: VncSettings = { scaling: 'fit', picture: 'balanced', layout: 'us' }

/** For all VMs: they depend on the user's screen and network more than on the VM. */
const settings = createStoredValue<VncSettings>({
  key: 'virtdeck.consoles.vnc',
  isValid: isVncSettings,
  initial: INITIAL,
})

function isVncSettings(value: unknown): value is VncSettings {
  if (typeof value !== 'object' || value === null) return false
  const { scaling, picture, layout } = value as Record<string, unknown>
  const isOneOf = (names: readonly string[], name: unknown) =>
    typeof name === 'string' && names.includes(name)
  return (
    isOneOf(SCALINGS, scaling) &&
    isOneOf(PICTURES, picture) &&
    isOneOf(KEYBOARD_LAYOUT_NAMES, layout)
  )
}

export const useVncSettings = settings.use
export const vncSettings = settings

export function changeVncSettings(change: Partial<VncSettings>): void {
  settings.set({ ...settings.get(), ...change })
}
