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
  storeDraft('virtualMachine', { values, step: 2 }, 'ann')
  expect(readDraft('virtualMachine', 'ann')).toMatchObject({ values, step: 2 })
  expect(readDraft('virtualMachine', 'bob')).toBeUndefined()
  expect(readDraft('template', 'ann')).toBeUndefined()
  dropDraft('virtualMachine')
  expect(readDraft('virtualMachine', 'ann')).toBeUndefined()
})

test('scripts and passwords in URLs are never stored', () => {
  const values = defaultValues('default')
  values.general.url = 'https://me:secret@example.com/disk'
  values.general.cloudInit.script = '#cloud-config\npassword: secret'
  values.general.windows.unattend = '<unattend><Password>secret</Password></unattend>'
  storeDraft('virtualMachine', { values, step: 1 }, 'ann')
  expect(JSON.stringify(readDraft('virtualMachine', 'ann'))).not.toContain('secret')
  // What is on the screen stays as it is.
  expect(values.general.url).toContain('secret')
})

test('a draft that cannot be read is no draft', () => {
  sessionStorage.setItem('virtdeck.draft.virtual-machine', '{')
  expect(readDraft('virtualMachine', 'ann')).toBeUndefined()
})
