import { createContext, use } from 'react'
import type { WizardState } from './use-wizard.ts'

export const WizardContext = createContext<WizardState | undefined>(undefined)

/** The wizard around a step; its values are those of the form. */
export function useWizardState(): WizardState {
  const wizard = use(WizardContext)
  if (!wizard) throw new Error('a step outside of the wizard')
  return wizard
}
