import { createStore } from './store.ts'

export interface Toast {
  id: number
  variant: 'success' | 'danger' | 'warning' | 'info'
  title: string
  /** What the cluster said, below the title. */
  description?: string | undefined
  /** Finds the request in the server's log. */
  requestId?: string | undefined
}

const toasts = createStore<readonly Toast[]>([])
let lastId = 0

/** More than these at once help nobody; the oldest go. */
const LIMIT = 5

export function showToast(toast: Omit<Toast, 'id'>): void {
  lastId += 1
  toasts.set([...toasts.get(), { ...toast, id: lastId }].slice(-LIMIT))
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id))
}

export const useToasts = toasts.use
