import { expect, test } from 'vitest'
import type { VirtualMachine } from '../types.ts'
import { cloneOf, cloneProgress, volumesNotCloneable } from './clones.ts'

const everything = { target: 'copy', hasLabels: true, hasAnnotations: true }

test('F-34 a clone of a VM as it is', () => {
  const source = { namespace: 'shop', kind: 'VirtualMachine', name: 'db' } as const
  expect(cloneOf(source, everything)).toEqual({
    apiVersion: 'clone.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClone',
    metadata: { generateName: 'copy-', namespace: 'shop' },
    spec: {
      source: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'db' },
      target: { apiGroup: 'kubevirt.io', kind: 'VirtualMachine', name: 'copy' },
    },
  })
})

test('F-34 a clone of a snapshot that takes no labels along', () => {
  const source = { namespace: 'shop', kind: 'VirtualMachineSnapshot', name: 'before' } as const
  const { spec } = cloneOf(source, { ...everything, hasLabels: false })
  expect(spec).toMatchObject({
    source: { apiGroup: 'snapshot.kubevirt.io', name: 'before' },
    labelFilters: ['!*'],
    template: { labelFilters: ['!*'] },
  })
  expect(spec).not.toHaveProperty('annotationFilters')
})

test.each([
  [undefined, { step: 'snapshot' }],
  [{ phase: 'SnapshotInProgress' }, { step: 'snapshot' }],
  [{ phase: 'CreatingTargetVM' }, { step: 'restore' }],
  [{ phase: 'RestoreInProgress' }, { step: 'restore' }],
  [{ phase: 'Succeeded' }, { step: 'done' }],
  [
    {
      phase: 'Failed',
      conditions: [{ type: 'Ready', status: 'False', reason: 'Source doesnt exist: VM db' }],
    },
    { step: 'snapshot', failure: 'Source doesnt exist: VM db' },
  ],
  [
    { phase: 'Unknown', restoreName: 'r' },
    { step: 'restore', failure: 'Unknown' },
  ],
])('F-34 progress of %j', (status, expected) => {
  const source = { namespace: 'shop', kind: 'VirtualMachine', name: 'db' } as const
  const clone = { ...cloneOf(source, everything), ...(status && { status }) }
  expect(cloneProgress(clone)).toEqual(expected)
})

test('F-34 only disks with data of their own keep a VM from being cloned', () => {
  const virtualMachine = {
    spec: {
      template: {
        spec: {
          domain: { devices: {} },
          volumes: [
            { name: 'root', dataVolume: { name: 'db-root' } },
            { name: 'data', persistentVolumeClaim: { claimName: 'data' } },
            { name: 'init', cloudInitNoCloud: {} },
          ],
        },
      },
    },
    status: {
      volumeSnapshotStatuses: [
        { name: 'root', enabled: true },
        { name: 'data', enabled: false, reason: 'No VolumeSnapshotClass' },
        { name: 'init', enabled: false, reason: 'not supported' },
      ],
    },
  } as unknown as VirtualMachine
  expect(volumesNotCloneable(virtualMachine)).toEqual([
    { name: 'data', reason: 'No VolumeSnapshotClass' },
  ])
})
