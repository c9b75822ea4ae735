import { createStore } from '../feedback/store.ts'

const isOpen = createStore(false)

export const openPalette = (): void => isOpen.set(true)
export const closePalette = (): void => isOpen.set(false)
export const useIsPaletteOpen = isOpen.use
