import { createStore } from '../feedback/store.ts'

export type ThemePreference = 'light' | 'dark' | 'system'

const STORAGE_KEY = 'virtdeck.theme'
const DARK_CLASS = 'pf-v6-theme-dark'

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)')

function storedPreference(): ThemePreference {
  const stored = localStorage.getItem(STORAGE_KEY)
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

const isDarkFor = (preference: ThemePreference): boolean =>
  preference === 'dark' || (preference === 'system' && systemIsDark.matches)

const preferenceStore = createStore(storedPreference())
/** Whether dark is on now; editors and terminals follow it. */
const darkStore = createStore(isDarkFor(preferenceStore.get()))

function apply(): void {
  const dark = isDarkFor(preferenceStore.get())
  document.documentElement.classList.toggle(DARK_CLASS, dark)
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
  darkStore.set(dark)
}

/** Puts the stored theme on the page and follows the system's from then on. */
export function startTheme(): void {
  apply()
  systemIsDark.addEventListener('change', apply)
}

export function setThemePreference(preference: ThemePreference): void {
  localStorage.setItem(STORAGE_KEY, preference)
  preferenceStore.set(preference)
  apply()
}

export const useThemePreference = preferenceStore.use
export const useIsDark = darkStore.use
