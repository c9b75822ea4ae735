import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { en } from './locales/en.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}

export const LANGUAGES = { en: 'English', ja: '日本語' } as const
export type Language = keyof typeof LANGUAGES

const STORAGE_KEY = 'virtdeck.language'

const isLanguage = (value: string | null): value is Language =>
  value !== null && value in LANGUAGES

const i18n = createInstance()

/** Only the language in use is downloaded. */
const load: Record<Language, () => Promise<object>> = {
  en: async () => (await import('./locales/en.ts')).en,
  ja: async () => (await import('./locales/ja.ts')).ja,
}

function initialLanguage(): Language {
  const stored = localStorage.getItem(STORAGE_KEY)
  if (isLanguage(stored)) return stored
  return navigator.languages.find((tag) => /^(en|ja)\b/.test(tag))?.startsWith('ja')
    ? 'ja'
    : 'en'
}

async function show(language: Language): Promise<void> {
  if (!i18n.hasResourceBundle(language, 'translation')) {
    i18n.addResourceBundle(language, 'translation', await load[language]())
  }
  await i18n.changeLanguage(language)
  document.documentElement.lang = language
}

export async function startI18n(): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: {},
    // React escapes what it renders.
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  })
  await show(initialLanguage())
}

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORAGE_KEY, language)
  await show(language)
}

export const currentLanguage = (): Language =>
  isLanguage(i18n.language) ? i18n.language : 'en'
