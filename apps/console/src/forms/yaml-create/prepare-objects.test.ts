import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import type { ServedResource } from '../../live/kubernetes.ts'
import { readDocuments } from './documents.ts'
import { prepareObjects } from './prepare-objects.ts'
import { servingKind, suggestionFor } from './resolve-kind.ts'

const served = (name: string, kind: string, namespaced = true): ServedResource => ({
  name,
  kind,
  namespaced,
  verbs: ['create', 'get'],
})

const CORE = [
  served('namespaces', 'Namespace', false),
  served('pods', 'Pod'),
  { ...served('pods/eviction', 'Eviction') },
  { ...served('componentstatuses', 'ComponentStatus'), verbs: ['get'] },
]

async function prepare(text: string) {
  const queryClient = new QueryClient()
  queryClient.setQueryData(['discovery', 'v1'], CORE)
  queryClient.setQueryData(['discovery', 'nowhere/v1'], null)
  const { documents } = readDocuments(text)
  return prepareObjects(documents, { queryClient, namespace: 'chosen' })
}

const pod = (metadata: string) => `{apiVersion: v1, kind: Pod, metadata: {${metadata}}}\n---\n`

test('F-15 objects without a project go to the chosen one; cluster-scoped ones to none', async () => {
  const { ready, problems } = await prepare(
    `${pod('name: a')}${pod("name: b, namespace: ''")}${pod('name: c, namespace: own')}{apiVersion: v1, kind: Namespace, metadata: {name: n}}`,
  )
  expect(problems).toEqual([])
  expect(ready.map(({ object }) => object.metadata?.namespace)).toEqual([
    'chosen',
    'chosen',
    'own',
    undefined,
  ])
  expect(ready.map(({ resource }) => resource.resource).at(-1)).toBe('namespaces')
})

test.each([
  ['apiVersion: v1\nkind: pod\nmetadata: {name: a}', 'unknownKind', 2, 'v1 Pod'],
  [
    'apiVersion: v1\nkind: VirtualMachine\nmetadata: {name: a}',
    'unknownKind',
    2,
    'kubevirt.io/v1 VirtualMachine',
  ],
  ['apiVersion: v1\nkind: Eviction\nmetadata: {name: a}', 'unknownKind', 2, undefined],
  ['apiVersion: v1\nkind: ComponentStatus\nmetadata: {name: a}', 'unknownKind', 2, undefined],
  ['apiVersion: nowhere/v1\nkind: Thing\nmetadata: {name: a}', 'unknownVersion', 1, undefined],
])('F-15 %j is %s', async (text, problem, line, suggestion) => {
  const { problems } = await prepare(text)
  expect(problems).toMatchObject([{ problem, suggestion, position: { line } }])
})

test('F-15 the same object twice is a problem, the same generateName is not', async () => {
  const twice = await prepare(`${pod('name: a')}${pod('name: a, namespace: chosen')}`)
  expect(twice.problems).toMatchObject([{ problem: 'duplicate', kind: 'Pod', name: 'a' }])
  const generated = await prepare(`${pod('generateName: a-')}${pod('generateName: a-')}`)
  expect(generated.problems).toEqual([])
  expect(new Set(generated.ready.map(({ key }) => key)).size).toBe(2)
})

test('nothing is suggested for what is like nothing', () => {
  expect(suggestionFor({ apiVersion: 'v1', kind: 'Nonsense' }, CORE)).toBeUndefined()
})

test('a kind is created where its objects are kept', () => {
  const processed = {
    name: 'processedtemplates',
    kind: 'Template',
    namespaced: true,
    verbs: ['create'],
  }
  const templates = { ...processed, name: 'templates', verbs: ['create', 'get', 'list'] }
  expect(servingKind([processed, templates], 'Template')).toBe(templates)
  expect(servingKind([processed], 'Template')).toBe(processed)
  expect(servingKind(null, 'Template')).toBeUndefined()
})
