import { expect, test } from 'vitest'
import { defaultValues, withSource } from '../create/defaults.ts'
import { newDisk } from '../create/storage-values.ts'
import type { VirtualMachineCreateValues } from '../create/values.ts'
import { virtctlCreate, virtctlGap } from './virtctl-create.ts'

function filled(): VirtualMachineCreateValues {
  const values = defaultValues('default')
  Object.assign(values.general, { name: 'web', image: 'quay.io/a/b' })
  return values
}

test('disks, size, instance types and user data have flags', () => {
  const values = filled()
  const { general, storage } = values
  Object.assign(general, {
    sizing: 'instancetype',
    instancetype: 'VirtualMachineInstancetype/tiny',
    preference: 'VirtualMachineClusterPreference/fedora',
  })
  Object.assign(general.cloudInit, { enabled: true, mode: 'script', script: '#!é' })
  storage.disks.push({ ...newDisk([], { source: 'blank', bus: 'virtio' }), name: 'data' })
  expect(virtctlGap(values)).toBeUndefined()
  expect(virtctlCreate(values)).toBe(`\
virtctl create vm \\
  --namespace default \\
  --name web \\
  --run-strategy Always \\
  --instancetype virtualmachineinstancetype/tiny \\
  --preference virtualmachineclusterpreference/fedora \\
  --volume-containerdisk src:quay.io/a/b,name:rootdisk,bootorder:1 \\
  --volume-import type:blank,name:data,size:10Gi \\
  --cloud-init-user-data IyHDqQ== \\
  | kubectl create -f -
`)
})

test('a URL and a clone', () => {
  const values = filled()
  Object.assign(values.general, { source: 'url', url: 'https://a/b', urlSecret: 's' })
  values.storage = withSource(values.storage, 'url', 'virtio')
  expect(virtctlCreate(values)).toContain(
    '--volume-import type:http,url:https://a/b,name:rootdisk,size:10Gi,secretref:s,bootorder:1',
  )
  Object.assign(values.general.clone, { namespace: 'images', claim: 'golden' })
  values.storage = withSource(values.storage, 'clonedDisk', 'virtio')
  expect(virtctlCreate(values)).toContain('type:pvc,src:images/golden,name:rootdisk')
})

test.each([
  ['template', (values: VirtualMachineCreateValues) => (values.general.template = 'a/b')],
  ['cpus', (values: VirtualMachineCreateValues) => (values.general.flavor = 'large')],
  ['nics', (values: VirtualMachineCreateValues) => values.networking.nics.pop()],
  [
    'windows',
    (values: VirtualMachineCreateValues) => (values.general.operatingSystem = 'windows10'),
  ],
])('there is no flag for %s', (gap, change) => {
  const values = filled()
  change(values)
  expect(virtctlGap(values)).toBe(gap)
})
