import type { ReactNode } from 'react'
import { createStore } from './store.ts'

interface OpenDialog {
  id: number
  content: ReactNode
}

const open = createStore<readonly OpenDialog[]>([])
let lastId = 0

/**
 * Shows a dialog that outlives whatever opened it, such as a menu. It gets the function that
 * closes it.
 */
export function openDialog(render: (onClose: () => void) => ReactNode): void {
  lastId += 1
  const id = lastId
  const onClose = () => open.set(open.get().filter((other) => other.id !== id))
  open.set([...open.get(), { id, content: render(onClose) }])
}

export const useOpenDialogs = open.use
