import { defaultValues } from '@virtdeck/kubevirt'
import { beforeEach, expect, test, vi } from 'vitest'
import { dropDraft, readDraft, storeDraft } from './draft.ts'

beforeEach(() => {
  const stored = new Map<string, string>()
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  })
  return () => vi.unstubAllGlobals()
})

test('a draft comes back to the user who wrote it, and to no other', () => {
  const values = defaultValues('default')
  values.general.name = 'web'
  storeDraft({ values, step: 2 }, 'ann')
  expect(readDraft('ann')).toMatchObject({ values, step: 2 })
  expect(readDraft('bob')).toBeUndefined()
  dropDraft()
  expect(readDraft('ann')).toBeUndefined()
})

test('scripts and passwords in URLs are never stored', () => {
  const values = defaultValues('default')
  values.general.url = 'https://me:secret@example.com/disk'
  values.general.cloudInit.script = '#cloud-config\npassword: secret'
  storeDraft({ values, step: 1 }, 'ann')
  expect(JSON.stringify(readDraft('ann'))).not.toContain('secret')
  // What is on the screen stays as it is.
  expect(values.general.url).toContain('secret')
})

test('a draft that cannot be read is no draft', () => {
  sessionStorage.setItem('virtdeck.draft.virtual-machine', '{')
  expect(readDraft('ann')).toBeUndefined()
})
