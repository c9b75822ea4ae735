import { expect, test } from 'vitest'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** `area.key` → text. */
function flatten(value: object, prefix = ''): Map<string, string> {
  const entries = Object.entries(value).flatMap(([key, child]) =>
    typeof child === 'string'
      ? [[prefix + key, child] as const]
      : [...flatten(child as object, `${prefix}${key}.`)],
  )
  return new Map(entries)
}

/** Japanese has one plural form: `_other` stands for English `_one` and `_other`. */
const forms = (keys: Iterable<string>): string[] =>
  [...new Set([...keys].map((key) => key.replace(/_(one|other)$/, '_*')))].toSorted()

const placeholders = (text: string): string[] =>
  [...new Set(text.match(/\{\{[^}]+\}\}|<\/?\w+>/g))].toSorted()

const english = flatten(en)
const japanese = flatten(ja)

test('both languages have the same keys', () => {
  expect(forms(japanese.keys())).toEqual(forms(english.keys()))
})

test('no text is empty', () => {
  const empty = [...english, ...japanese].filter(([, text]) => text.trim() === '')
  expect(empty).toEqual([])
})

test('both languages use the same placeholders', () => {
  const different = [...english].filter(([key, text]) => {
    const translated = japanese.get(key)
    return (
      translated !== undefined && placeholders(translated).join() !== placeholders(text).join()
    )
  })
  expect(different.map(([key]) => key)).toEqual([])
})
