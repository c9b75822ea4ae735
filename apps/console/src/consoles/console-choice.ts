import type { ConsoleKind } from '@virtdeck/bff-contract'
import { createStore } from '../feedback/store.ts'

export type DesktopKind = 'desktop' | 'rdp' | 'ssh'

export interface ConsoleChoice {
  kind: ConsoleKind
  /** In place of a console: RDP or SSH inside of the browser, or what other programs need. */
  desktop?: DesktopKind | undefined
  /** Keep one console at a time; otherwise the other stays connected in the background. */
  disconnectBeforeSwitching: boolean
}

/** VNC opens by default; what was chosen holds for the next VM, too, until a reload. */
const choice = createStore<ConsoleChoice>({ kind: 'vnc', disconnectBeforeSwitching: true })

export const useConsoleChoice = choice.use

export function chooseConsole(change: Partial<ConsoleChoice>): void {
  choice.set({ ...choice.get(), ...change })
}
