import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { reviewTexts } from './review-texts.ts'

const CONFIG_MAP = {
  kind: 'ConfigMap',
  data: { 'unattend.xml': '<unattend>\n  </unattend>\n' },
}
const MACHINE = { kind: 'VirtualMachine', metadata: { name: 'web' } }

const titleOf = ({ kind = '' }: { kind?: string }) => kind

test('F-14 one object is the same in YAML and JSON', () => {
  const { yaml, json, kubectl } = reviewTexts([MACHINE], titleOf)
  expect(JSON.parse(json)).toEqual(MACHINE)
  expect(parseAllDocuments(yaml).map((document) => document.toJS() as unknown)).toEqual([
    MACHINE,
  ])
  expect(kubectl).toContain(yaml)
})

test('F-14 several objects are documents, a List, and tasks', () => {
  const { yaml, json, ansible } = reviewTexts([CONFIG_MAP, MACHINE], titleOf)
  const documents = parseAllDocuments(yaml).map((document) => document.toJS() as unknown)
  expect(documents).toEqual([CONFIG_MAP, MACHINE])
  expect(JSON.parse(json)).toEqual({
    apiVersion: 'v1',
    kind: 'List',
    items: [CONFIG_MAP, MACHINE],
  })
  const [tasks] = parseAllDocuments(ansible).map((document) => document.toJS() as unknown[])
  expect(tasks).toEqual(
    [CONFIG_MAP, MACHINE].map((definition) => ({
      name: definition.kind,
      'kubernetes.core.k8s': { state: 'present', definition },
    })),
  )
})
