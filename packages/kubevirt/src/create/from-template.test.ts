import { expect, test } from 'vitest'
import { problemsOf } from '../validation/problem.ts'
import type { Template } from '../templates/template.ts'
import type { VirtualMachine } from '../types.ts'
import { defaultValues } from './defaults.ts'
import { withTemplate } from './from-template.ts'
import { virtualMachineManifest } from './to-manifests.ts'
import { virtualMachineCreateValues } from './values.ts'

const template: Template = {
  metadata: {
    name: 'fedora-server-small',
    namespace: 'openshift',
    labels: {
      'os.template.kubevirt.io/fedora': 'true',
      'workload.template.kubevirt.io/server': 'true',
    },
    annotations: { 'template.kubevirt.io/containerdisks': 'quay.io/containerdisks/fedora:41' },
  },
}

/** What the wizard does not ask, and what it asks. */
function base(): VirtualMachine {
  return {
    metadata: {
      labels: { 'vm.kubevirt.io/template': 'fedora-server-small' },
      annotations: { 'vm.kubevirt.io/validations': '[]' },
    },
    spec: {
      runStrategy: 'Halted',
      dataVolumeTemplates: [
        {
          metadata: { name: 'x' },
          spec: {
            sourceRef: { kind: 'DataSource', name: 'fedora' },
            storage: { resources: { requests: { storage: '30Gi' } } },
          },
        },
      ],
      template: {
        metadata: { labels: { 'kubevirt.io/size': 'small' } },
        spec: {
          terminationGracePeriodSeconds: 180,
          evictionStrategy: 'LiveMigrate',
          domain: {
            cpu: { cores: 1, model: 'Skylake' },
            memory: { guest: '2Gi' },
            firmware: { bootloader: { bios: {} } },
            clock: { utc: {} },
            features: { smm: { enabled: true } },
            devices: {
              rng: {},
              disks: [
                { name: 'cloudinitdisk', disk: { bus: 'virtio' } },
                { name: 'root', disk: { bus: 'virtio' }, bootOrder: 1 },
              ],
              interfaces: [{ name: 'default', model: 'virtio', masquerade: {} }],
            },
          },
          networks: [{ name: 'default', pod: {} }],
          volumes: [
            { name: 'root', dataVolume: { name: 'x' } },
            { name: 'cloudinitdisk', cloudInitNoCloud: { userData: '#cloud-config\n' } },
          ],
        },
      },
    },
  }
}

function chosen() {
  const values = defaultValues('default')
  values.general.name = 'web'
  return withTemplate(values, { template, base: base() })
}

test('a template fills the fields and leaves what identifies the VM', () => {
  const { general, networking, storage } = chosen()
  expect(general).toMatchObject({
    name: 'web',
    template: 'openshift/fedora-server-small',
    operatingSystem: 'fedora',
    workloadProfile: 'generic',
    flavor: 'small',
    source: 'container',
    image: 'quay.io/containerdisks/fedora:41',
    cloudInit: { enabled: true, mode: 'script', script: '#cloud-config\n' },
  })
  expect(networking.nics).toMatchObject([{ name: 'default', network: 'pod' }])
  expect(storage).toMatchObject({
    disks: [{ name: 'root', source: 'image', bus: 'virtio' }],
    bootDisk: 'root',
  })
  expect(problemsOf(virtualMachineCreateValues, chosen())).toEqual([])
})

test('its hidden parts come back in the VM, what was chosen wins', () => {
  const values = chosen()
  values.general.flavor = 'medium'
  values.general.description = 'Mine'
  const virtualMachine = virtualMachineManifest(values, { base: base() })
  expect(virtualMachine.metadata).toEqual({
    name: 'web',
    namespace: 'default',
    annotations: { 'vm.kubevirt.io/validations': '[]', description: 'Mine' },
    labels: {
      'vm.kubevirt.io/template': 'fedora-server-small',
      'vm.kubevirt.io/template.namespace': 'openshift',
    },
  })
  expect(virtualMachine.spec).toMatchObject({
    runStrategy: 'Always',
    template: {
      metadata: { labels: { 'kubevirt.io/size': 'medium', 'kubevirt.io/domain': 'web' } },
      spec: {
        terminationGracePeriodSeconds: 180,
        evictionStrategy: 'LiveMigrate',
        domain: {
          cpu: { cores: 1, model: 'Skylake' },
          memory: { guest: '4Gi' },
          firmware: { bootloader: { bios: {} } },
          clock: { utc: {} },
          features: { smm: { enabled: true } },
          devices: { rng: {} },
        },
      },
    },
  })
  expect(virtualMachine.spec.dataVolumeTemplates).toBeUndefined()
})

test.each([
  [
    'a URL',
    { http: { url: 'https://example.com/a.qcow2', secretRef: 's' } },
    { source: 'url', url: 'https://example.com/a.qcow2', urlSecret: 's' },
  ],
  [
    'a disk to clone',
    { pvc: { namespace: 'images', name: 'golden' } },
    { source: 'clonedDisk', clone: { namespace: 'images', claim: 'golden' } },
  ],
])('F-60 a template that boots from %s', (_title, source, expected) => {
  const own = base()
  own.spec.dataVolumeTemplates![0]!.spec = { source, storage: {} }
  const { general } = withTemplate(defaultValues('default'), { template, base: own })
  expect(general).toMatchObject(expected)
})

test('F-52 a template that boots from the network', () => {
  const own = base()
  own.spec.template.spec!.domain.devices.interfaces![0]!.bootOrder = 1
  const { general, networking } = withTemplate(defaultValues('default'), {
    template,
    base: own,
  })
  expect(general.source).toBe('pxe')
  expect(networking.bootNic).toBe('default')
})

test('a template with an instance type', () => {
  const own = base()
  own.spec.instancetype = { kind: 'VirtualMachineInstancetype', name: 'tiny' }
  const { general } = withTemplate(defaultValues('default'), { template, base: own })
  expect(general).toMatchObject({
    sizing: 'instancetype',
    instancetype: 'VirtualMachineInstancetype/tiny',
  })
})
