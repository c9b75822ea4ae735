import { describe, expect, test } from 'vitest'
import { problemsOf } from '../validation/problem.ts'
import { defaultValues, sizeFor, withSource } from './defaults.ts'
import { newNic } from './networking-values.ts'
import { newDisk } from './storage-values.ts'
import { virtualMachineCreateValues, type VirtualMachineCreateValues } from './values.ts'

type Change = (values: VirtualMachineCreateValues) => void

/** What is wrong with a complete wizard after a change, as `path code`. */
function problemsAfter(change: Change): string[] {
  const values = defaultValues('default')
  values.general.name = 'web'
  values.general.image = 'quay.io/a/b'
  change(values)
  return problemsOf(virtualMachineCreateValues, values).map(
    ({ path, code }) => `${path} ${code}`,
  )
}

test('F-10 at first only name and image are missing', () => {
  const problems = problemsOf(virtualMachineCreateValues, defaultValues('default'))
  expect(problems).toEqual([
    { path: 'general.name', code: 'required' },
    { path: 'general.image', code: 'required' },
  ])
  expect(problemsAfter(() => undefined)).toEqual([])
})

describe('all problems are found at once', () => {
  const table: [string, Change, string[]][] = [
    [
      'several fields',
      ({ general }) => {
        Object.assign(general, { namespace: '', name: 'Web.1', cpus: '0', memory: 'lots' })
      },
      [
        'general.namespace required',
        'general.name upperCase',
        'general.name dot',
        'general.cpus notPositive',
        'general.memory notANumber',
      ],
    ],
    [
      'only the chosen source and flavor count',
      ({ general }) => Object.assign(general, { source: 'url', flavor: 'tiny', memory: '0' }),
      ['general.url required'],
    ],
    [
      'keys and host name',
      ({ general }) => {
        Object.assign(general.cloudInit, { enabled: true, hostname: 'a b', sshKeys: ['x', ''] })
      },
      [
        'general.cloudInit.hostname blank',
        'general.cloudInit.sshKeys.0 sshKey.notAKey',
        'general.cloudInit.sshKeys.1 required',
      ],
    ],
    [
      'a script without a first line that says what it is',
      ({ general }) => {
        Object.assign(general.cloudInit, { enabled: true, mode: 'script', script: 'echo' })
      },
      ['general.cloudInit.script cloudInit.noHeader'],
    ],
    [
      'a script that KubeVirt would refuse for its length',
      ({ general }) => {
        const script = `#!/bin/sh\n${'x'.repeat(2048)}`
        Object.assign(general.cloudInit, { enabled: true, mode: 'script', script })
      },
      ['general.cloudInit.script cloudInit.tooLarge'],
    ],
    [
      'cloud-init switched off keeps what was typed and does not check it',
      ({ general }) => Object.assign(general.cloudInit, { sshKeys: ['x'] }),
      [],
    ],
    [
      'NICs that collide',
      ({ networking }) => {
        const [first] = networking.nics
        networking.nics.push({ ...first! }, { ...first!, name: 'nic2', network: 'vlan7' })
      },
      [
        'networking.nics.2.binding network.masquerade',
        'networking.nics.1.name duplicateName',
        'networking.nics.1.network network.secondPodNetwork',
      ],
    ],
    [
      'disks that collide',
      ({ storage }) => {
        const disk = newDisk(storage.disks, { source: 'claim', bus: 'virtio' })
        storage.disks.push(
          { ...disk, name: 'a.b', claim: 'data' },
          { ...disk, name: 'a-b', claim: 'data' },
          { ...disk, name: 'c', source: 'blank', size: '0' },
        )
      },
      [
        'storage.disks.2.name duplicateName',
        'storage.disks.2.claim disk.claimInUse',
        'storage.disks.3.size notPositive',
      ],
    ],
    [
      'a disk to boot from',
      ({ storage }) => Object.assign(storage, { bootDisk: 'gone' }),
      ['storage.bootDisk disk.bootDisk'],
    ],
    ['F-12 a VM needs no NIC', ({ networking }) => Object.assign(networking, { nics: [] }), []],
  ]
  test.each(table)('%s', (_title, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected)
  })
})

test('F-13 changing the source keeps added disks and the name of the root disk', () => {
  const { storage } = defaultValues('default')
  storage.disks.push({ ...newDisk(storage.disks, { source: 'blank', bus: 'virtio' }) })
  storage.disks[0]!.name = 'system'
  const changed = withSource(storage, 'url', 'virtio')
  expect(changed.disks.map(({ name, source, size }) => [name, source, size])).toEqual([
    ['system', 'url', '10'],
    ['disk-1', 'blank', '10'],
  ])
  expect(changed.bootDisk).toBe('system')
})

test('new NICs and disks have free names', () => {
  const { networking, storage } = defaultValues('default')
  expect(newNic(networking.nics, 'virtio')).toMatchObject({ name: 'nic1', network: '' })
  const nic1 = { ...networking.nics[0]!, name: 'nic1' }
  expect(newNic([nic1], 'virtio')).toMatchObject({ name: 'nic2' })
  storage.disks[0]!.name = 'disk-1'
  expect(newDisk(storage.disks, { source: 'empty', bus: 'sata' })).toMatchObject({
    name: 'disk-2',
    bus: 'sata',
    size: '10',
  })
})

test('the sample guest needs very little, others get a preset', () => {
  expect(sizeFor('linux-sample')).toMatchObject({ flavor: 'custom', memory: '128' })
  expect(sizeFor('fedora')).toMatchObject({ flavor: 'small' })
})
