import { describe, expect, test } from 'vitest'
import { kubectlCreate } from '../commands/kubectl-create.ts'
import { problemsOf } from '../validation/problem.ts'
import { defaultValues, withDevices, withSource } from './defaults.ts'
import { newNic } from './networking-values.ts'
import { newDisk } from './storage-values.ts'
import { toManifests, virtualMachineManifest } from './to-manifests.ts'
import {
  virtualMachineCreateValues,
  type GeneralValues,
  type VirtualMachineCreateValues,
} from './values.ts'

const SAMPLE = 'localhost/virtdeck/tiny-linux:latest'
const KEY = `ssh-ed25519 ${btoa(`\0\0\0\x0bssh-ed25519${'k'.repeat(32)}`)} "me"`

/** A complete wizard with some values of the first step changed. */
function filled(general: Partial<GeneralValues> = {}): VirtualMachineCreateValues {
  const values = defaultValues('development')
  return { ...values, general: { ...values.general, name: 'web', image: SAMPLE, ...general } }
}

const fromUrl = (general: Partial<GeneralValues> = {}): VirtualMachineCreateValues => {
  const values = filled({ source: 'url', url: 'https://example.com/os.qcow2', ...general })
  return { ...values, storage: withSource(values.storage, 'url', 'virtio') }
}

const cloudInit = (
  values: Partial<GeneralValues['cloudInit']>,
): GeneralValues['cloudInit'] => ({
  ...defaultValues('x').general.cloudInit,
  enabled: true,
  ...values,
})

function fromClone(): VirtualMachineCreateValues {
  const clone = { namespace: 'images', claim: 'golden', bytes: 1024, usedBy: '' }
  const values = filled({ source: 'clonedDisk', clone })
  return { ...values, storage: withSource(values.storage, 'clonedDisk', 'virtio') }
}

function fromNetwork(): VirtualMachineCreateValues {
  const values = filled({ source: 'pxe' })
  const storage = withSource(values.storage, 'pxe', 'virtio')
  storage.disks.push(newDisk([], { source: 'blank', bus: 'virtio' }))
  const [first] = values.networking.nics
  const boot = { ...newNic([first!], 'virtio'), name: 'boot', network: 'provisioning' }
  return {
    ...values,
    networking: { nics: [first!, boot], bootNic: 'boot' },
    storage: { ...storage, bootDisk: 'disk-0' },
  }
}

function withStorage(...changes: Partial<ReturnType<typeof newDisk>>[]) {
  const values = filled()
  const { disks } = values.storage
  for (const change of changes) {
    const source = change.source ?? 'blank'
    disks.push({ ...newDisk(disks, { source, bus: 'virtio' }), ...change })
  }
  return values
}

function withNics(...changes: Partial<ReturnType<typeof newNic>>[]) {
  const values = filled()
  values.networking.nics = changes.map((change) => ({ ...newNic([], 'virtio'), ...change }))
  return values
}

const template = (spec: object): object => ({ template: { spec } })

test('the whole object, once', () => {
  const [virtualMachine] = toManifests(
    filled({
      description: ' For the web ',
      cloudInit: cloudInit({ hostname: 'www', sshKeys: [KEY] }),
    }),
  )
  expect(virtualMachine).toMatchInlineSnapshot(`
    {
      "apiVersion": "kubevirt.io/v1",
      "kind": "VirtualMachine",
      "metadata": {
        "annotations": {
          "description": "For the web",
        },
        "name": "web",
        "namespace": "development",
      },
      "spec": {
        "runStrategy": "Always",
        "template": {
          "metadata": {
            "annotations": {
              "vm.kubevirt.io/flavor": "custom",
              "vm.kubevirt.io/os": "linux-sample",
              "vm.kubevirt.io/workload": "server",
            },
            "labels": {
              "kubevirt.io/domain": "web",
              "kubevirt.io/size": "custom",
            },
          },
          "spec": {
            "domain": {
              "cpu": {
                "cores": 1,
                "sockets": 1,
                "threads": 1,
              },
              "devices": {
                "disks": [
                  {
                    "bootOrder": 1,
                    "disk": {
                      "bus": "virtio",
                    },
                    "name": "rootdisk",
                  },
                  {
                    "disk": {
                      "bus": "virtio",
                    },
                    "name": "cloudinitdisk",
                  },
                ],
                "interfaces": [
                  {
                    "masquerade": {},
                    "model": "virtio",
                    "name": "nic0",
                  },
                ],
              },
              "memory": {
                "guest": "128Mi",
              },
            },
            "hostname": "www",
            "networks": [
              {
                "name": "nic0",
                "pod": {},
              },
            ],
            "volumes": [
              {
                "containerDisk": {
                  "image": "localhost/virtdeck/tiny-linux:latest",
                },
                "name": "rootdisk",
              },
              {
                "cloudInitNoCloud": {
                  "userData": "#cloud-config
    hostname: www
    ssh_authorized_keys:
      - "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s= \\"me\\""
    ",
                },
                "name": "cloudinitdisk",
              },
            ],
          },
        },
      },
    }
  `)
})

describe('source × options', () => {
  const table: [string, VirtualMachineCreateValues, object][] = [
    ['halted', filled({ startOnCreation: false }), { runStrategy: 'Halted' }],
    [
      'a preset',
      filled({ flavor: 'medium' }),
      template({ domain: { cpu: { cores: 1 }, memory: { guest: '4Gi' } } }),
    ],
    [
      'fractions of memory are whole in the smaller unit',
      filled({ flavor: 'custom', cpus: '2', memory: '1.5', memoryUnit: 'Gi' }),
      template({ domain: { cpu: { cores: 2 }, memory: { guest: '1536Mi' } } }),
    ],
    [
      'high performance',
      filled({ workloadProfile: 'highPerformance' }),
      template({
        domain: { ioThreadsPolicy: 'shared', devices: { networkInterfaceMultiqueue: true } },
      }),
    ],
    [
      'desktop',
      filled({ workloadProfile: 'desktop' }),
      template({
        domain: { devices: { inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }] } },
      }),
    ],
    [
      'a URL becomes a DataVolume that goes with the VM',
      fromUrl(),
      {
        dataVolumeTemplates: [
          {
            metadata: { name: 'web-rootdisk' },
            spec: {
              source: { http: { url: 'https://example.com/os.qcow2' } },
              storage: { resources: { requests: { storage: '10Gi' } } },
            },
          },
        ],
        ...template({
          domain: { devices: { disks: [{ name: 'rootdisk', bootOrder: 1 }] } },
          volumes: [{ name: 'rootdisk', dataVolume: { name: 'web-rootdisk' } }],
        }),
      },
    ],
    [
      'F-26 a blank disk with class, modes and half a GiB',
      withStorage({
        name: 'data',
        size: '0.5',
        storageClass: 'local',
        accessMode: 'ReadWriteMany',
        volumeMode: 'Block',
      }),
      {
        dataVolumeTemplates: [
          {
            metadata: { name: 'web-data' },
            spec: {
              source: { blank: {} },
              storage: {
                accessModes: ['ReadWriteMany'],
                resources: { requests: { storage: '512Mi' } },
                storageClassName: 'local',
                volumeMode: 'Block',
              },
            },
          },
        ],
      },
    ],
    [
      'F-20 an existing claim and scratch space',
      withStorage(
        { name: 'old.data', source: 'claim', claim: 'old-data' },
        { name: 'scratch', source: 'empty', size: '2', bus: 'scsi' },
      ),
      template({
        domain: {
          devices: {
            disks: [
              { name: 'rootdisk', disk: { bus: 'virtio' }, bootOrder: 1 },
              { name: 'old-data', disk: { bus: 'virtio' } },
              { name: 'scratch', disk: { bus: 'scsi' } },
            ],
          },
        },
        volumes: [
          { name: 'rootdisk', containerDisk: { image: SAMPLE } },
          { name: 'old-data', persistentVolumeClaim: { claimName: 'old-data' } },
          { name: 'scratch', emptyDisk: { capacity: '2Gi' } },
        ],
      }),
    ],
    [
      'F-12 no NIC at all',
      withNics(),
      template({ domain: { devices: { interfaces: [], autoattachPodInterface: false } } }),
    ],
    [
      'F-12 only a secondary network, with an address',
      withNics({
        network: 'other/vlan7',
        binding: 'bridge',
        macAddress: '02:00:00:00:00:07',
        model: 'e1000e',
      }),
      template({
        domain: {
          devices: {
            interfaces: [
              { name: 'nic0', model: 'e1000e', bridge: {}, macAddress: '02:00:00:00:00:07' },
            ],
            autoattachPodInterface: false,
          },
        },
        networks: [{ name: 'nic0', multus: { networkName: 'other/vlan7' } }],
      }),
    ],
    [
      'F-11 a custom script is passed on as it is',
      filled({ cloudInit: cloudInit({ mode: 'script', script: '#!/bin/sh\necho hi\n' }) }),
      template({
        volumes: [
          { name: 'rootdisk' },
          { name: 'cloudinitdisk', cloudInitNoCloud: { userData: '#!/bin/sh\necho hi\n' } },
        ],
      }),
    ],
    [
      'cloud-init with nothing in its fields adds no disk',
      filled({ cloudInit: cloudInit({}) }),
      template({ volumes: [{ name: 'rootdisk' }] }),
    ],
    [
      'Windows gets devices that it knows',
      { ...filled(), ...withDevices(filled({ operatingSystem: 'windows10' })) },
      template({
        domain: {
          devices: {
            disks: [{ disk: { bus: 'sata' } }],
            interfaces: [{ model: 'e1000e' }],
          },
        },
      }),
    ],
    [
      'F-21 F-22 a URL with a Secret and certificates',
      fromUrl({ urlSecret: 'login', urlCertificates: 'ca' }),
      {
        dataVolumeTemplates: [
          { spec: { source: { http: { secretRef: 'login', certConfigMap: 'ca' } } } },
        ],
      },
    ],
    [
      'F-25 a disk is cloned into one of the VM',
      fromClone(),
      {
        dataVolumeTemplates: [
          {
            metadata: { name: 'web-rootdisk' },
            spec: { source: { pvc: { namespace: 'images', name: 'golden' } } },
          },
        ],
        ...template({ volumes: [{ dataVolume: { name: 'web-rootdisk' } }] }),
      },
    ],
    [
      'F-52 the network boots first, disks come after it',
      fromNetwork(),
      template({
        domain: {
          devices: {
            disks: [{ name: 'disk-0', bootOrder: 2 }],
            interfaces: [{ name: 'nic0' }, { name: 'boot', bootOrder: 1 }],
          },
        },
      }),
    ],
    [
      'F-50 ports of the pod network',
      withNics({ ports: [{ port: '22', protocol: 'TCP' }] }),
      template({
        domain: {
          devices: { interfaces: [{ masquerade: {}, ports: [{ port: 22, protocol: 'TCP' }] }] },
        },
      }),
    ],
    [
      'F-35 less memory is asked for than the guest sees',
      filled({
        flavor: 'custom',
        memory: '2',
        memoryUnit: 'Gi',
        memoryRequest: '1.5',
        overcommitGuestOverhead: true,
      }),
      template({
        domain: {
          memory: { guest: '2Gi' },
          resources: { overcommitGuestOverhead: true, requests: { memory: '1536Mi' } },
        },
      }),
    ],
    [
      'F-36 Windows: drivers on a CD behind the disks, an answer file, paravirtual clocks',
      filled({
        operatingSystem: 'windows11',
        windows: { drivers: true, unattend: '<unattend/>' },
      }),
      template({
        domain: {
          clock: { timer: { hyperv: { present: true } } },
          features: { hyperv: { relaxed: { enabled: true } }, smm: { enabled: true } },
          firmware: { bootloader: { efi: { secureBoot: true } } },
          devices: {
            tpm: {},
            disks: [
              { name: 'rootdisk', bootOrder: 1 },
              { name: 'sysprep', cdrom: { bus: 'sata' } },
              { name: 'virtiocontainerdisk', cdrom: { bus: 'sata' }, bootOrder: 2 },
            ],
          },
        },
        volumes: [
          { name: 'rootdisk' },
          { name: 'sysprep', sysprep: { configMap: { name: 'web-sysprep' } } },
          { name: 'virtiocontainerdisk' },
        ],
      }),
    ],
  ]
  test.each(table)('%s', (_title, values, expected) => {
    expect(problemsOf(virtualMachineCreateValues, values)).toEqual([])
    expect(virtualMachineManifest(values).spec).toMatchObject(expected)
  })
})

test('names that are too long to be labels are cut, the same way every time', () => {
  const values = fromUrl({ name: 'v'.repeat(250) })
  values.storage.disks[0] = { ...values.storage.disks[0]!, name: 'd'.repeat(80) }
  values.storage.bootDisk = 'd'.repeat(80)
  const { spec } = virtualMachineManifest(values)
  const volume = spec.template.spec?.volumes?.[0]
  expect(volume?.name).toMatch(/^d{54}-[0-9a-f]{8}$/)
  expect(volume?.dataVolume?.name).toHaveLength(253)
  expect(spec.dataVolumeTemplates?.[0]?.metadata?.name).toBe(volume?.dataVolume?.name)
  expect(spec.template.metadata).toMatchObject({ labels: { 'kubevirt.io/size': 'custom' } })
})

test('the command keeps every character of the text', () => {
  expect(kubectlCreate('a: "$HOME"\n')).toBe('kubectl create -f - <<\'EOF\'\na: "$HOME"\nEOF\n')
  expect(kubectlCreate('a: |\nEOF\n')).toContain("<<'EOF_'\n")
})

test('an instance type takes the place of CPUs and memory, a preference that of devices', () => {
  const { spec } = virtualMachineManifest(
    filled({
      sizing: 'instancetype',
      instancetype: 'VirtualMachineClusterInstancetype/u1.small',
      preference: 'VirtualMachineClusterPreference/fedora',
    }),
  )
  expect(spec.instancetype).toEqual({
    kind: 'VirtualMachineClusterInstancetype',
    name: 'u1.small',
  })
  expect(spec.preference).toEqual({ kind: 'VirtualMachineClusterPreference', name: 'fedora' })
  expect(Object.keys(spec.template.spec?.domain ?? {})).toEqual(['devices'])
})

test('an answer file is a ConfigMap beside the VM', () => {
  const windows = { drivers: false, unattend: '<unattend/>' }
  const [configMap, virtualMachine] = toManifests(
    filled({ operatingSystem: 'windows2k22', windows }),
  )
  expect(configMap).toMatchObject({
    kind: 'ConfigMap',
    metadata: { name: 'web-sysprep', namespace: 'development' },
    data: { 'unattend.xml': '<unattend/>' },
  })
  expect(virtualMachine).toMatchObject({ kind: 'VirtualMachine' })
})
