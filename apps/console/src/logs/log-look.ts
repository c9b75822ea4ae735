import { createStore } from '../feedback/store.ts'

/** How logs look; one choice for all of them, as long as the page is open. */
interface LogLook {
  isWrapped: boolean
  hasTimes: boolean
}

const look = createStore<LogLook>({ isWrapped: true, hasTimes: false })

export const useLogLook = look.use

export const changeLogLook = (change: Partial<LogLook>): void =>
  look.set({ ...look.get(), ...change })
