import type { VirtualMachineCreateValues } from '@virtdeck/kubevirt'

/** What the wizard makes: a VM, or a template of VMs. */
export type Purpose = 'virtualMachine' | 'template'

const KEYS: Record<Purpose, string> = {
  virtualMachine: 'virtdeck.draft.virtual-machine',
  template: 'virtdeck.draft.template',
}

/** Belongs to the shape of the values: a draft of another version is dropped. */
const VERSION = 4

export interface Draft {
  values: VirtualMachineCreateValues
  /** The step that was open. */
  step: number
}

interface StoredDraft extends Draft {
  version: number
  user: string
}

/** What may be secret is not written down: scripts, answer files, and URLs with a password. */
function withoutSecrets(values: VirtualMachineCreateValues): VirtualMachineCreateValues {
  const { general } = values
  const hasCredentials = /^[a-z]+:\/\/[^/]*@/i.test(general.url)
  return {
    ...values,
    general: {
      ...general,
      url: hasCredentials ? '' : general.url,
      cloudInit: { ...general.cloudInit, script: '' },
      windows: { ...general.windows, unattend: '' },
    },
  }
}

/** Keeps the wizard's content across reloads of this tab. */
export function storeDraft(purpose: Purpose, { values, step }: Draft, user: string): void {
  const draft: StoredDraft = { version: VERSION, user, step, values: withoutSecrets(values) }
  sessionStorage.setItem(KEYS[purpose], JSON.stringify(draft))
}

/** The stored draft, if it is this user's. */
export function readDraft(purpose: Purpose, user: string): Draft | undefined {
  const text = sessionStorage.getItem(KEYS[purpose])
  if (text === null) return undefined
  try {
    const draft = JSON.parse(text) as StoredDraft
    return draft.version === VERSION && draft.user === user ? draft : undefined
  } catch {
    return undefined
  }
}

export const dropDraft = (purpose: Purpose): void => sessionStorage.removeItem(KEYS[purpose])
