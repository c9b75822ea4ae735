import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { fromYaml, isSameDefinition, toSave, toYaml } from './object-document.ts'

const virtualMachine = (
  resourceVersion: string,
  change: { runStrategy?: string; printableStatus?: string } = {},
): V1VirtualMachine => ({
  kind: 'VirtualMachine',
  apiVersion: 'kubevirt.io/v1',
  status: { printableStatus: change.printableStatus ?? 'Stopped' },
  metadata: { name: 'web', namespace: 'development', resourceVersion },
  spec: { runStrategy: change.runStrategy ?? 'Halted', template: {} },
})

test('F-30 YAML is in the order that people write', () => {
  expect(toYaml(virtualMachine('1')).match(/^\w+(?=:)/gm)).toEqual([
    'apiVersion',
    'kind',
    'metadata',
    'spec',
    'status',
  ])
})

test('F-30 text and object are the same thing', () => {
  const object = virtualMachine('1')
  expect(fromYaml(toYaml(object), object)).toEqual({ object })
})

test.each([
  ['kind: [', 'notYaml'],
  ['', 'notThisObject'],
  ['kind: Pod', 'notThisObject'],
  [toYaml(virtualMachine('1')).replace('name: web', 'name: other'), 'notThisObject'],
])('F-30 what is not this VM is not saved: %j', (text, problem) => {
  expect(fromYaml(text, virtualMachine('1'))).toMatchObject({ problem })
})

test('F-30 a status that moved on meanwhile is no conflict', () => {
  const loaded = virtualMachine('1')
  const latest = virtualMachine('2', { printableStatus: 'Running' })
  const edited = virtualMachine('1', { runStrategy: 'Always' })
  expect(isSameDefinition(loaded, latest)).toBe(true)
  expect(toSave({ edited, loaded, latest }).metadata?.resourceVersion).toBe('2')
})

test('F-30 a change made elsewhere is left for the cluster to refuse', () => {
  const loaded = virtualMachine('1')
  const latest = virtualMachine('2', { runStrategy: 'Manual' })
  const edited = virtualMachine('1', { runStrategy: 'Always' })
  expect(toSave({ edited, loaded, latest }).metadata?.resourceVersion).toBe('1')
})
