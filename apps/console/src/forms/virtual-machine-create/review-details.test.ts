import {
  defaultValues,
  newDisk,
  newNic,
  withSource,
  type Template,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { createInstance } from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { en } from '../../locales/en.ts'
import type { Detail } from '../../ui/DetailsList.tsx'
import { guestDetails, identityDetails, sizeDetails, sourceDetails } from './review-details.ts'
import { diskDetails, nicDetails } from './review-device-details.ts'

const i18n = createInstance()
const { t } = i18n

beforeAll(async () => {
  await i18n.init({ lng: 'en', resources: { en: { translation: en } } })
})

type Change = (values: VirtualMachineCreateValues) => void

const template: Template = {
  metadata: { annotations: { 'openshift.io/display-name': 'Fedora VM' } },
}

/** All that Review says about values, by what it is about. */
function reviewOf(change: Change, loaded?: Template): Record<string, unknown> {
  const values = defaultValues('shop')
  Object.assign(values.general, { name: 'web', image: 'quay.io/a/b' })
  change(values)
  const reviewed = { values, purpose: 'virtualMachine', template: loaded } as const
  const details: Detail[] = [
    ...identityDetails(t, reviewed),
    ...sourceDetails(t, values),
    ...sizeDetails(t, values.general),
    ...guestDetails(t, reviewed),
    ...nicDetails(t, values),
    ...diskDetails(t, values),
  ]
  return Object.fromEntries(details.map(({ term, value }) => [term, value]))
}

describe('F-14 Review says', () => {
  test.each<[what: string, change: Change, expected: Record<string, string>]>([
    [
      'what it starts with',
      () => undefined,
      {
        Project: 'shop',
        Name: 'web',
        Template: 'No template',
        'Start virtual machine on creation': 'Yes',
        'Provision source': 'Container',
        'Container image': 'quay.io/a/b',
        Flavor: 'Custom: 1 CPU | 128 MiB',
        'cloud-init': 'None',
        rootdisk: 'Container image · quay.io/a/b · virtio · bootable',
      },
    ],
    [
      'a URL with Secret and ConfigMap',
      (values) => {
        const url = 'https://a/b'
        Object.assign(values.general, {
          source: 'url',
          url,
          urlSecret: 's',
          urlCertificates: 'c',
        })
        values.storage = withSource(values.storage, 'url', 'virtio')
      },
      {
        'Image URL': 'https://a/b',
        'Secret with credentials': 's',
        Certificates: 'c',
        rootdisk: 'URL · https://a/b · 10 GiB · virtio · Default class · bootable',
      },
    ],
    [
      'a cloned disk by project and name',
      (values) => {
        values.general.source = 'clonedDisk'
        Object.assign(values.general.clone, { namespace: 'images', claim: 'golden' })
        values.storage = withSource(values.storage, 'clonedDisk', 'virtio')
      },
      { 'Provision source': 'Cloned disk', 'Disk to clone': 'images/golden' },
    ],
    [
      'the NIC to boot from',
      ({ general, networking, storage }) => {
        general.source = 'pxe'
        networking.nics.push({ ...newNic(networking.nics, 'virtio'), network: 'lan' })
        networking.bootNic = 'nic1'
        storage.bootDisk = ''
      },
      {
        'PXE NIC': 'nic1',
        nic1: 'lan · bridge · virtio · generated MAC address · Boots from here',
      },
    ],
    [
      'instance type and preference in place of a flavor',
      ({ general, networking, storage }) => {
        general.sizing = 'instancetype'
        general.instancetype = 'VirtualMachineClusterInstancetype/u1.small'
        general.preference = 'VirtualMachinePreference/modern'
        networking.nics = [newNic([], '')]
        storage.disks = [newDisk([], { source: 'claim', bus: '' })].map((disk) => ({
          ...disk,
          claim: 'data',
        }))
      },
      {
        'Instance type': 'u1.small (VirtualMachineClusterInstancetype)',
        Preference: 'modern (VirtualMachinePreference)',
        'disk-0': 'Existing claim · data · Interface: As the preference says',
      },
    ],
    [
      'memory overcommit',
      ({ general }) =>
        Object.assign(general, { memoryRequest: '64', overcommitGuestOverhead: true }),
      { 'Memory request': '64 MiB', 'Memory overhead': 'not requested' },
    ],
    [
      'drivers and answer file of Windows',
      ({ general }) => {
        general.operatingSystem = 'windows11'
        general.windows.unattend = '<unattend>\n</unattend>'
      },
      {
        'Operating system': 'Windows 11',
        'VirtIO drivers': 'Yes',
        'Answer file (unattend.xml)': '2 lines (ConfigMap web-sysprep)',
      },
    ],
    [
      'ports of the pod network',
      ({ networking: { nics } }) =>
        nics[0]?.ports.push({ port: '443', protocol: 'TCP' }, { port: '53', protocol: 'UDP' }),
      {
        nic0: 'Pod network · masquerade, ports 443/TCP, 53/UDP · virtio · generated MAC address',
      },
    ],
    [
      "a disk's storage",
      ({ storage }) =>
        storage.disks.push({
          ...newDisk([], { source: 'blank', bus: 'scsi' }),
          name: 'data',
          storageClass: 'fast',
          accessMode: 'ReadWriteMany',
          volumeMode: 'Block',
        }),
      { data: 'Blank disk · 10 GiB · scsi · fast · Several nodes (RWX) · Block' },
    ],
    [
      'what cloud-init sets up',
      ({ general }) => {
        const sshKeys = ['ssh-ed25519 AAAAC3NzaC1l me@home', ' ']
        const fields = { hostname: 'box', sshKeys, installGuestAgent: true }
        Object.assign(general.cloudInit, fields, { enabled: true })
      },
      {
        Hostname: 'box',
        'Authenticated SSH keys': 'ssh-ed25519 me@home',
        'Install the QEMU guest agent': 'Yes',
      },
    ],
    [
      'that there is a script, and not what it says',
      ({ general }) => {
        const script = '#cloud-config\npassword: a\n'
        Object.assign(general.cloudInit, { enabled: true, mode: 'script', script })
      },
      { 'cloud-init': 'Use custom script', 'Custom script': '2 lines' },
    ],
  ])('%s', (_what, change, expected) => {
    expect(reviewOf(change)).toMatchObject(expected)
  })

  test('the template, by its title once it is loaded', () => {
    const choose: Change = ({ general }) => {
      general.template = 'openshift/fedora'
    }
    expect(reviewOf(choose)).toMatchObject({ Template: 'openshift/fedora' })
    expect(reviewOf(choose, template)).toMatchObject({
      Template: 'Fedora VM (openshift/fedora)',
    })
  })
})
