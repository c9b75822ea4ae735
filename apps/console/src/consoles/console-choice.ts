import type { ConsoleKind } from '@virtdeck/bff-contract'
import { createStore } from '../feedback/store.ts'

export interface ConsoleChoice {
  kind: ConsoleKind
  /** Keep one console at a time; otherwise the other stays connected in the background. */
  disconnectBeforeSwitching: boolean
}

/** VNC opens by default; what was chosen holds for the next VM, too, until a reload. */
const choice = createStore<ConsoleChoice>({ kind: 'vnc', disconnectBeforeSwitching: true })

export const useConsoleChoice = choice.use

export function chooseConsole(change: Partial<ConsoleChoice>): void {
  choice.set({ ...choice.get(), ...change })
}
