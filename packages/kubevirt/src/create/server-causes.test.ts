import { expect, test } from 'vitest'
import { defaultValues } from './defaults.ts'
import { placeOfCause, placesOfMessage } from './server-causes.ts'
import { newDisk } from './storage-values.ts'
import { virtualMachineManifest } from './to-manifests.ts'

const values = defaultValues('default')
values.general.name = 'web'
values.general.cloudInit = {
  ...values.general.cloudInit,
  enabled: true,
  mode: 'script',
  script: '#!/bin/sh',
}
values.storage.disks.push(newDisk(values.storage.disks, { source: 'blank', bus: 'virtio' }))
const virtualMachine = virtualMachineManifest(values)

test.each([
  ['metadata.name', 'general.name'],
  ['spec.template.spec.domain.resources.requests.memory', 'general.memoryRequest'],
  ['spec.template.spec.domain.memory.guest', 'general.memory'],
  ['spec.template.spec.domain.cpu.cores', 'general.cpus'],
  ['spec.template.spec.domain.devices.disks[1].name', 'storage.disks.1.name'],
  ['spec.template.spec.domain.devices.disks[1].disk.bus', 'storage.disks.1.bus'],
  [
    'spec.template.spec.domain.devices.disks.domain.devices.disks[0].name',
    'storage.disks.0.name',
  ],
  ['spec.template.spec.volumes[0].containerDisk', 'general.image'],
  ['spec.template.spec.volumes[0].name', 'storage.disks.0.name'],
  ['spec.template.spec.volumes[2].cloudInitNoCloud', 'general.cloudInit.script'],
  ['spec.dataVolumeTemplate[0]', 'storage.disks.1.name'],
  ['spec.dataVolumeTemplates[0].spec.source.http.secretRef', 'general.urlSecret'],
  ['spec.dataVolumeTemplates[0].spec.source.http.certConfigMap', 'general.urlCertificates'],
  ['spec.dataVolumeTemplates[0].spec.source.http.url', 'general.url'],
  ['spec.dataVolumeTemplates[0].spec.storage.resources', 'storage.disks.1.size'],
  [
    'spec.template.spec.domain.devices.interfaces[0].macAddress',
    'networking.nics.0.macAddress',
  ],
  [
    'spec.template.spec.domain.devices.interfaces[0].ports[1]',
    'networking.nics.0.ports.1.port',
  ],
  ['spec.template.spec.networks[0]', 'networking.nics.0.network'],
  ['spec.template.spec.interfaces', 'networking.nics'],
  ['spec.template.spec.hostname', 'general.cloudInit.hostname'],
  ['spec.running', undefined],
  [undefined, undefined],
])('a refusal of %s belongs to %s', (field, expected) => {
  const place = placeOfCause({ ...(field && { field }) }, { values, virtualMachine })
  expect(place).toBe(expected)
})

test('F-54 a MAC address that is refused belongs to the NICs whose addresses were typed', () => {
  const [nic] = values.networking.nics
  if (!nic) throw new Error('the defaults have no NIC')
  const nics = ['', '02:00:00:00:00:01'].map((macAddress) => ({ ...nic, macAddress }))
  const typed = { ...values, networking: { ...values.networking, nics } }
  const message =
    'Failed to create virtual machine allocation error: failed to allocate requested mac address'
  expect(placesOfMessage(message, typed)).toEqual(['networking.nics.1.macAddress'])
  expect(placesOfMessage('the range is full', typed)).toEqual([])
})
