import { managed } from '../objects.ts'
import { TIME, UID, VERSION } from '../volatile.ts'

type Fields = Record<string, unknown>

export const PATH = '/apis/kubevirt.io/v1/namespaces/golden/virtualmachines'
export const apiVersion = 'kubevirt.io/v1'

/** KubeVirt 1.3 and later warn of the old field; with a deprecated version it comes second. */
export const RUNNING_WARNING =
  '299 - "spec.running is deprecated, please use spec.runStrategy instead."'

export interface Variant {
  name?: string
  apiVersion?: string
  running?: unknown
  devices?: Fields
  disk?: Fields
  interface?: Fields
  network?: Fields
  /** Of the domain, beside devices and resources. */
  domain?: Fields
  resources?: Fields
  volumes?: Fields[]
  /** Of the VM, beside running and template. */
  spec?: Fields
}

/** The VM of all these requests: one disk, one NIC; what a test is about is another. */
export function virtualMachine(variant: Variant = {}): Fields {
  const { name = 'bad', running = false, domain, spec } = variant
  const label = name === 'Bad_Name' ? 'bad' : name
  return {
    apiVersion: variant.apiVersion ?? apiVersion,
    kind: 'VirtualMachine',
    metadata: { name, namespace: 'golden', labels: { app: label } },
    spec: {
      running,
      template: {
        metadata: { labels: { 'kubevirt.io/vm': label } },
        spec: {
          domain: {
            devices: {
              disks: [{ name: 'rootdisk', disk: { bus: 'virtio' }, ...variant.disk }],
              interfaces: [{ name: 'default', masquerade: {}, ...variant.interface }],
              ...variant.devices,
            },
            resources: variant.resources ?? { requests: { memory: '128Mi' } },
            ...domain,
          },
          networks: [{ name: 'default', ...(variant.network ?? { pod: {} }) }],
          volumes: [
            {
              name: 'rootdisk',
              containerDisk: { image: 'quay.io/kubevirt/cirros-container-disk-demo' },
            },
            ...(variant.volumes ?? []),
          ],
        },
      },
      ...spec,
    },
  }
}

const TEMPLATE = 'spec template'
const DOMAIN = `${TEMPLATE} spec domain`

/** What the one who creates such a VM manages; `running` goes to whoever starts it. */
export const writtenFields = ({ running = true, cpu = false } = {}): string[] => [
  'metadata labels .',
  'metadata labels app',
  'spec .',
  ...(running ? ['spec running'] : []),
  `${TEMPLATE} .`,
  `${TEMPLATE} metadata .`,
  `${TEMPLATE} metadata labels .`,
  `${TEMPLATE} metadata labels kubevirt.io/vm`,
  `${TEMPLATE} spec .`,
  `${DOMAIN} .`,
  ...(cpu ? [`${DOMAIN} cpu .`, `${DOMAIN} cpu cores`] : []),
  `${DOMAIN} devices .`,
  `${DOMAIN} devices disks`,
  `${DOMAIN} devices interfaces`,
  `${DOMAIN} resources .`,
  `${DOMAIN} resources requests .`,
  `${DOMAIN} resources requests memory`,
  `${TEMPLATE} spec networks`,
  `${TEMPLATE} spec volumes`,
]

export const FINALIZER = 'kubevirt.io/virtualMachineControllerFinalize'
export const ANNOTATIONS = {
  'kubevirt.io/latest-observed-api-version': 'v1',
  'kubevirt.io/storage-observed-api-version': 'v1',
}
const CONTROLLER_FIELDS = [
  'metadata annotations .',
  ...Object.keys(ANNOTATIONS).map((name) => `metadata annotations ${name}`),
  'metadata finalizers .',
  `metadata finalizers v:${JSON.stringify(FINALIZER)}`,
]

export const byWriter = (options: { running?: boolean; cpu?: boolean } = {}): object =>
  managed('unknown', writtenFields(options), { apiVersion })

/** virt-controller, and virt-api when it starts and stops. */
export const byKubeVirt = ({ running = false } = {}): object =>
  managed('Go-http-client', [...CONTROLLER_FIELDS, ...(running ? ['spec running'] : [])], {
    apiVersion,
  })

export const byStatusWriter = (...statusFields: string[]): object =>
  managed(
    'Go-http-client',
    [
      'status .',
      ...[
        'conditions',
        'printableStatus',
        // Since KubeVirt 1.4.
        'runStrategy',
        'volumeSnapshotStatuses',
        ...statusFields,
      ].map((field) => `status ${field}`),
    ],
    { apiVersion, subresource: 'status' },
  )

/** Fields of the stored spec that webhooks fill in; the last two since KubeVirt 1.5 and 1.1. */
const FILLED_IN = { machine: { type: 'q35' }, firmware: { uuid: UID, serial: UID } }

/** The spec as it comes back. */
export function storedSpec(variant: Variant = {}): Fields {
  const { spec } = virtualMachine(variant) as { spec: { template: Fields } }
  const { metadata, spec: instance } = spec.template as {
    metadata: Fields
    spec: { domain: Fields }
  }
  return {
    ...spec,
    template: {
      metadata: { creationTimestamp: null, ...metadata },
      spec: {
        ...instance,
        architecture: 'amd64',
        domain: { ...instance.domain, ...FILLED_IN },
      },
    },
  }
}

export const storedMetadata = (
  name: string,
  managedFields: object[],
  more: object = {},
): Fields => ({
  creationTimestamp: TIME,
  generation: 1,
  labels: { app: name },
  managedFields,
  name,
  namespace: 'golden',
  resourceVersion: VERSION,
  uid: UID,
  ...more,
})

/** A new VM, before any controller has seen it. */
export const created = (variant: Variant & { name: string }): Fields => ({
  apiVersion: variant.apiVersion ?? apiVersion,
  kind: 'VirtualMachine',
  metadata: storedMetadata(variant.name, [
    {
      ...byWriter({ cpu: variant.domain !== undefined }),
      apiVersion: variant.apiVersion ?? apiVersion,
    },
  ]),
  spec: storedSpec(variant),
})

export const SNAPSHOT_STATUSES = [
  {
    enabled: false,
    name: 'rootdisk',
    reason: 'Snapshot is not supported for this volumeSource type [rootdisk]',
  },
]
