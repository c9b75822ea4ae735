import { describe, expect, test } from 'vitest'
import { kubectlCreate } from '../commands/kubectl-create.ts'
import { problemsOf } from '../validation/problem.ts'
import { defaultValues, withDevices, withSource } from './defaults.ts'
import { newNic } from './networking-values.ts'
import { newDisk } from './storage-values.ts'
import { toManifests } from './to-manifests.ts'
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
      { ...filled(), ...withDevices(filled(), 'windows10') },
      template({
        domain: {
          devices: {
            disks: [{ disk: { bus: 'sata' } }],
            interfaces: [{ model: 'e1000e' }],
          },
        },
      }),
    ],
  ]
  test.each(table)('%s', (_title, values, expected) => {
    expect(problemsOf(virtualMachineCreateValues, values)).toEqual([])
    expect(toManifests(values)[0].spec).toMatchObject(expected)
  })
})

test('names that are too long to be labels are cut, the same way every time', () => {
  const values = fromUrl({ name: 'v'.repeat(250) })
  values.storage.disks[0] = { ...values.storage.disks[0]!, name: 'd'.repeat(80) }
  values.storage.bootDisk = 'd'.repeat(80)
  const [{ spec }] = toManifests(values)
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
