import type { ReactNode } from 'react'
import { createStore } from './store.ts'

export interface Confirmation {
  title: string
  body: ReactNode
  confirmLabel: string
  cancelLabel?: string
  danger?: boolean
}

interface PendingConfirmation extends Confirmation {
  id: number
  answer: (confirmed: boolean) => void
}

const pending = createStore<readonly PendingConfirmation[]>([])
let lastId = 0

/** Asks the user; resolves false when the dialog is dismissed. */
export function confirm(confirmation: Confirmation): Promise<boolean> {
  return new Promise((resolve) => {
    lastId += 1
    const id = lastId
    const answer = (confirmed: boolean) => {
      pending.set(pending.get().filter((other) => other.id !== id))
      resolve(confirmed)
    }
    pending.set([...pending.get(), { ...confirmation, id, answer }])
  })
}

export const usePendingConfirmations = pending.use
