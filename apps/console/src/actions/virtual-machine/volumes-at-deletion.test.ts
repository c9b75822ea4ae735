import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { expect, test } from 'vitest'
import { volumesAtDeletion } from './volumes-at-deletion.ts'

test('F-33 templated disks go with the VM, all others stay', () => {
  const virtualMachine = {
    spec: {
      dataVolumeTemplates: [{ metadata: { name: 'web-rootdisk' }, spec: {} }],
      template: {
        spec: {
          domain: { devices: {} },
          volumes: [
            { name: 'rootdisk', dataVolume: { name: 'web-rootdisk' } },
            { name: 'data', persistentVolumeClaim: { claimName: 'shared-data' } },
            { name: 'other', dataVolume: { name: 'imported' } },
            { name: 'cloudinit', cloudInitNoCloud: { userData: '#cloud-config' } },
          ],
        },
      },
    },
  } satisfies V1VirtualMachine
  expect(volumesAtDeletion(virtualMachine)).toEqual({
    deleted: ['web-rootdisk'],
    kept: ['shared-data', 'imported'],
  })
})

test('F-33 a VM without disks takes nothing along', () => {
  expect(volumesAtDeletion({ spec: { template: {} } })).toEqual({ deleted: [], kept: [] })
})
