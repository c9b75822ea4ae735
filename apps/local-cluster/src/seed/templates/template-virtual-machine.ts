import {
  windowsDevices,
  windowsDomain,
  type VirtualMachine,
  type VirtualMachineInstanceSpec,
} from '@virtdeck/kubevirt'
import {
  SIZES,
  type TemplateFlavor,
  type TemplateSystem,
  type TemplateWorkload,
} from './operating-systems.ts'
import { validationsOf } from './validations.ts'

export interface TemplateVariant {
  system: TemplateSystem
  workload: TemplateWorkload
  flavor: TemplateFlavor
}

export const TEMPLATE_VERSION = 'v0.32.0'

export const templateName = ({ system, workload, flavor }: TemplateVariant): string =>
  `${system.ids[0]}-${workload}-${flavor}`

/** The VM that a common template makes; `${…}` are the template's parameters. */
export function templateVirtualMachine(variant: TemplateVariant): VirtualMachine {
  const { system, workload, flavor } = variant
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: {
      name: '${NAME}',
      labels: {
        app: '${NAME}',
        'vm.kubevirt.io/template': templateName(variant),
        'vm.kubevirt.io/template.version': TEMPLATE_VERSION,
        'vm.kubevirt.io/template.revision': '1',
      },
      annotations: { 'vm.kubevirt.io/validations': validationsOf(system) },
    },
    spec: {
      runStrategy: 'Halted',
      dataVolumeTemplates: [
        {
          metadata: { name: '${NAME}' },
          spec: {
            sourceRef: {
              kind: 'DataSource',
              name: '${DATA_SOURCE_NAME}',
              namespace: '${DATA_SOURCE_NAMESPACE}',
            },
            storage: {
              resources: {
                requests: { storage: system.family === 'windows' ? '60Gi' : '30Gi' },
              },
            },
          },
        },
      ],
      template: {
        metadata: {
          annotations: {
            'vm.kubevirt.io/flavor': flavor,
            'vm.kubevirt.io/os': system.ids[0] ?? '',
            'vm.kubevirt.io/workload': workload,
          },
          labels: { 'kubevirt.io/domain': '${NAME}', 'kubevirt.io/size': flavor },
        },
        spec: guestOf(variant),
      },
    },
  }
}

function guestOf({ system, workload, flavor }: TemplateVariant): VirtualMachineInstanceSpec {
  const { cores } = SIZES[flavor]
  const memory = Math.max(SIZES[flavor].memory, system.minimumMemory)
  const isWindows = system.family === 'windows'
  const [id = ''] = system.ids
  const isFast = workload === 'highperformance'
  const bus = isWindows ? 'sata' : 'virtio'
  return {
    architecture: 'amd64',
    terminationGracePeriodSeconds: isWindows ? 3600 : 180,
    evictionStrategy: 'LiveMigrate',
    domain: {
      ...(isWindows && windowsDomain(id)),
      cpu: { cores, sockets: 1, threads: 1 },
      memory: { guest: `${memory}Mi` },
      ...(isFast && { ioThreadsPolicy: 'shared' }),
      devices: {
        rng: {},
        ...(isWindows && windowsDevices(id)),
        ...(isFast && { networkInterfaceMultiqueue: true }),
        ...(workload === 'desktop' && {
          inputs: [{ name: 'tablet', type: 'tablet', bus: 'usb' }],
        }),
        disks: [
          { name: 'rootdisk', disk: { bus }, bootOrder: 1 },
          ...(isWindows ? [] : [{ name: 'cloudinitdisk', disk: { bus } }]),
        ],
        interfaces: [
          { name: 'default', masquerade: {}, model: isWindows ? 'e1000e' : 'virtio' },
        ],
      },
    },
    networks: [{ name: 'default', pod: {} }],
    volumes: [
      { name: 'rootdisk', dataVolume: { name: '${NAME}' } },
      ...(isWindows
        ? []
        : [{ name: 'cloudinitdisk', cloudInitNoCloud: { userData: userDataFor(id) } }]),
    ],
  }
}

const userDataFor = (user: string): string => `#cloud-config
user: ${user.replace(/\d.*$/, '').replace(/-.*$/, '')}
password: \${CLOUD_USER_PASSWORD}
chpasswd:
  expire: false
`
