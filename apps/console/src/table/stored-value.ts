import { createStore, type Store } from '../feedback/store.ts'

/** A value that this browser remembers; what is not what it should be counts as not stored. */
export function createStoredValue<T>(options: {
  key: string
  isValid: (value: unknown) => value is T
  initial: T
}): Store<T> {
  const { key, isValid, initial } = options
  const stored = read(key)
  const store = createStore<T>(isValid(stored) ? stored : initial)
  return {
    ...store,
    set: (value) => {
      localStorage.setItem(key, JSON.stringify(value))
      store.set(value)
    },
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return undefined
  }
}
