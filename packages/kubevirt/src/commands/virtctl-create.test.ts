import { describe, expect, test } from 'vitest'
import { defaultValues, withSource } from '../create/defaults.ts'
import { newNic } from '../create/networking-values.ts'
import { newDisk } from '../create/storage-values.ts'
import type { VirtualMachineCreateValues } from '../create/values.ts'
import { virtctlCreate, virtctlGaps } from './virtctl-create.ts'

/** With nothing chosen that has no flag. */
function filled(): VirtualMachineCreateValues {
  const values = defaultValues('default')
  Object.assign(values.general, { name: 'web', image: 'quay.io/a/b' })
  values.storage = withSource({ disks: [], bootDisk: '' }, 'container', '')
  return values
}

test('F-14 disks, size, instance types and user data have flags', () => {
  const values = filled()
  const { general, networking, storage } = values
  Object.assign(general, {
    sizing: 'instancetype',
    instancetype: 'VirtualMachineInstancetype/tiny',
    preference: 'VirtualMachineClusterPreference/fedora',
  })
  Object.assign(general.cloudInit, { enabled: true, mode: 'script', script: '#!é' })
  networking.nics = [newNic([], '')]
  storage.disks.push(
    { ...newDisk([], { source: 'blank', bus: '' }), name: 'data' },
    { ...newDisk([], { source: 'claim', bus: '' }), name: 'kept', claim: 'old.data' },
  )
  expect(virtctlGaps(values)).toEqual([])
  expect(virtctlCreate(values)).toBe(`\
virtctl create vm \\
  --namespace default \\
  --name web \\
  --run-strategy Always \\
  --instancetype virtualmachineinstancetype/tiny \\
  --preference virtualmachineclusterpreference/fedora \\
  --volume-containerdisk src:quay.io/a/b,name:rootdisk,bootorder:1 \\
  --volume-import type:blank,name:web-data,size:10Gi \\
  --volume-pvc src:old.data,name:kept \\
  --cloud-init-user-data IyHDqQ== \\
  | kubectl create -f -
`)
})

test('F-14 a URL with what its server asks for, safe from the shell', () => {
  const values = filled()
  const url = 'https://a/b?c=1&d=2'
  Object.assign(values.general, { source: 'url', url, startOnCreation: false })
  Object.assign(values.general, { urlSecret: 's', urlCertificates: 'c' })
  values.storage = withSource(values.storage, 'url', '')
  expect(virtctlGaps(values)).toEqual([])
  const command = virtctlCreate(values)
  expect(command).toContain('--run-strategy Halted')
  expect(command).toContain(
    `--volume-import 'type:http,url:${url},secretref:s,certconfigmap:c,name:web-rootdisk,size:10Gi,bootorder:1'`,
  )
})

test('F-14 a clone of a disk, without the preference that its claim may name', () => {
  const values = filled()
  values.general.source = 'clonedDisk'
  Object.assign(values.general.clone, { namespace: 'images', claim: 'golden' })
  values.storage = withSource(values.storage, 'clonedDisk', '')
  const command = virtctlCreate(values)
  expect(command).toContain('type:pvc,src:images/golden,name:web-rootdisk,size:10Gi')
  expect(command).toContain('--infer-preference=false')
})

test('F-14 names of volumes are labels, however the VM is called', () => {
  const values = filled()
  Object.assign(values.general, {
    name: `web.${'a'.repeat(80)}`,
    source: 'url',
    url: 'https://a',
  })
  values.storage = withSource(values.storage, 'url', '')
  const name = /name:([^,]+),size/.exec(virtctlCreate(values))?.[1] ?? ''
  expect(name).toMatch(/^[a-z0-9-]{1,63}$/)
})

describe('F-14 there is no flag for', () => {
  test.each<[gap: string, change: (values: VirtualMachineCreateValues) => void]>([
    ['template', ({ general }) => (general.template = 'a/b')],
    ['description', ({ general }) => (general.description = 'mine')],
    ['cpus', ({ general }) => (general.flavor = 'large')],
    ['memoryRequest', ({ general }) => (general.memoryRequest = '64')],
    ['memoryRequest', ({ general }) => (general.overcommitGuestOverhead = true)],
    ['profile', ({ general }) => (general.workloadProfile = 'desktop')],
    [
      'hostname',
      ({ general }) => Object.assign(general.cloudInit, { enabled: true, hostname: 'h' }),
    ],
    ['nics', ({ networking }) => networking.nics.pop()],
    ['nics', ({ networking }) => networking.nics.push(newNic(networking.nics, ''))],
    ['nics', ({ networking: { nics } }) => Object.assign(nics[0] ?? {}, { model: 'e1000e' })],
    [
      'nics',
      ({ networking: { nics } }) => nics[0]?.ports.push({ port: '80', protocol: 'TCP' }),
    ],
    ['nics', ({ general }) => (general.preference = 'VirtualMachinePreference/a')],
    ['pxe', ({ general }) => (general.source = 'pxe')],
    ['scratch', ({ storage }) => storage.disks.push(newDisk([], { source: 'empty', bus: '' }))],
    ['bus', ({ storage: { disks } }) => Object.assign(disks[0] ?? {}, { bus: 'virtio' })],
    [
      'storage',
      ({ storage: { disks } }) =>
        Object.assign(disks[0] ?? {}, { accessMode: 'ReadWriteMany' }),
    ],
    ['comma', ({ general }) => Object.assign(general, { source: 'url', url: 'https://a/,' })],
    ['windows', ({ general }) => (general.operatingSystem = 'windows10')],
  ])('%s', (gap, change) => {
    const values = filled()
    expect(virtctlGaps(values)).toEqual([])
    change(values)
    expect(virtctlGaps(values)).toEqual([gap])
  })

  test('what only counts for another choice', () => {
    const values = filled()
    Object.assign(values.general, { memoryRequest: '64', flavor: 'small', url: 'a,b' })
    Object.assign(values.general.cloudInit, { enabled: true, mode: 'script', hostname: 'h' })
    expect(virtctlGaps(values)).toEqual([])
  })
})
