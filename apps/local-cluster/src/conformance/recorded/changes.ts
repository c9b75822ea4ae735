import { expect } from 'vitest'
import { failure, type Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { TIME, UID, VERSION } from '../volatile.ts'
import {
  ANNOTATIONS,
  apiVersion,
  byKubeVirt,
  byStatusWriter,
  byWriter,
  FINALIZER,
  PATH,
  RUNNING_WARNING,
  SNAPSHOT_STATUSES,
  storedMetadata,
  storedSpec,
} from './virtual-machine.ts'

const CONTROLLED = { annotations: ANNOTATIONS, finalizers: [FINALIZER] }

/*
 * The recorded instance could not end, and its VM stayed Stopping; without such trouble an
 * instance that has no node is gone in a moment.
 */
const STATUS = {
  conditions: [
    expect.objectContaining({ type: 'Ready', status: 'False', reason: 'VMINotExists' }),
  ],
  desiredGeneration: expect.any(Number) as unknown,
  observedGeneration: expect.any(Number) as unknown,
  printableStatus: 'Stopped',
  runStrategy: 'Halted',
  volumeSnapshotStatuses: expect.arrayContaining(SNAPSHOT_STATUSES) as unknown,
}
const byStatus = byStatusWriter('desiredGeneration', 'observedGeneration')

const changed = (
  generation: number,
  options: { more?: object; nic?: boolean } = {},
): object => {
  const { more = {}, nic = false } = options
  const spec = storedSpec({ name: 'vm-a', domain: { cpu: { cores: 2 } } }) as {
    template: {
      spec: { domain: { devices: { interfaces: object[] } }; networks: object[] }
    }
  }
  if (nic) {
    const { domain, networks } = spec.template.spec
    domain.devices.interfaces.push({ bridge: {}, name: 'nic1' })
    networks.push({ multus: { networkName: 'br' }, name: 'nic1' })
  }
  return {
    apiVersion,
    kind: 'VirtualMachine',
    metadata: storedMetadata(
      'vm-a',
      [byKubeVirt({ running: true }), byStatus, byWriter({ running: false, cpu: true })],
      { ...CONTROLLED, generation, ...more },
    ),
    spec,
    status: STATUS,
  }
}

export const stopped: Exchange[] = [
  {
    name: 'vm-after-stop',
    method: 'GET',
    path: `${PATH}/vm-a`,
    eventually: true,
    status: 200,
    answer: {
      apiVersion,
      kind: 'VirtualMachine',
      metadata: storedMetadata(
        'vm-a',
        [byKubeVirt({ running: true }), byStatus, byWriter({ running: false })],
        { ...CONTROLLED, generation: 3 },
      ),
      spec: storedSpec({ name: 'vm-a' }),
      status: STATUS,
    },
  },
]

export const changes: Exchange[] = [
  {
    name: 'vm-merge-patch-cores',
    method: 'PATCH',
    path: `${PATH}/vm-a`,
    type: 'application/merge-patch+json',
    body: { spec: { template: { spec: { domain: { cpu: { cores: 2 } } } } } },
    status: 200,
    answerHeaders: { warning: RUNNING_WARNING },
    answer: changed(4),
  },
  {
    name: 'vm-json-patch-add-nic',
    method: 'PATCH',
    path: `${PATH}/vm-a`,
    type: 'application/json-patch+json',
    body: [
      {
        op: 'add',
        path: '/spec/template/spec/domain/devices/interfaces/-',
        value: { name: 'nic1', bridge: {} },
      },
      {
        op: 'add',
        path: '/spec/template/spec/networks/-',
        value: { name: 'nic1', multus: { networkName: 'br' } },
      },
    ],
    status: 200,
    answerHeaders: { warning: RUNNING_WARNING },
    answer: changed(5, { nic: true }),
  },
  {
    name: 'vmim-missing-vmi',
    method: 'POST',
    path: '/apis/kubevirt.io/v1/namespaces/golden/virtualmachineinstancemigrations',
    body: {
      apiVersion,
      kind: 'VirtualMachineInstanceMigration',
      metadata: { name: 'migration-job' },
      spec: { vmiName: 'vmi-none' },
    },
    ...failure(
      400,
      '',
      'admission webhook "migration-create-validator.kubevirt.io" denied the request: the VMI "golden/vmi-none" does not exist',
    ),
  },
  {
    name: 'vm-delete',
    method: 'DELETE',
    path: `${PATH}/vm-a?propagationPolicy=Foreground`,
    status: 200,
    answer: changed(6, {
      nic: true,
      more: {
        deletionGracePeriodSeconds: 0,
        deletionTimestamp: TIME,
        finalizers: [FINALIZER, 'foregroundDeletion'],
      },
    }),
  },
  {
    name: 'instancetype-create',
    method: 'POST',
    path: '/apis/instancetype.kubevirt.io/v1beta1/virtualmachineclusterinstancetypes',
    body: {
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: { name: 'u1.small' },
      spec: { cpu: { guest: 1 }, memory: { guest: '2Gi' } },
    },
    status: 201,
    answer: {
      apiVersion: 'instancetype.kubevirt.io/v1beta1',
      kind: 'VirtualMachineClusterInstancetype',
      metadata: {
        creationTimestamp: TIME,
        generation: 1,
        managedFields: [
          managed(
            'unknown',
            ['spec .', 'spec cpu .', 'spec cpu guest', 'spec memory .', 'spec memory guest'],
            { apiVersion: 'instancetype.kubevirt.io/v1beta1' },
          ),
        ],
        name: 'u1.small',
        resourceVersion: VERSION,
        uid: UID,
      },
      spec: { cpu: { guest: 1 }, memory: { guest: '2Gi' } },
    },
  },
]

export const namespaceDeletion: Exchange[] = [
  {
    name: 'ns-delete',
    method: 'DELETE',
    path: '/api/v1/namespaces/golden',
    status: 200,
    answer: {
      kind: 'Namespace',
      apiVersion: 'v1',
      metadata: metadata(
        'golden',
        {
          deletionTimestamp: TIME,
          labels: { 'kubernetes.io/metadata.name': 'golden' },
          managedFields: [
            managed('unknown', [
              'metadata labels .',
              'metadata labels kubernetes.io/metadata.name',
            ]),
          ],
        },
        '',
      ),
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Terminating' },
    },
  },
]
