import { expect } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { NAME_COLUMN, pathColumn, TABLE } from '../tables.ts'
import { AGE, TIME, UID, VERSION } from '../volatile.ts'
import { EVENTS } from './events.ts'
import { LAUNCHER_POD, UNSCHEDULABLE } from './launcher-pod.ts'
import {
  ANNOTATIONS,
  apiVersion,
  byKubeVirt,
  byStatusWriter,
  byWriter,
  FINALIZER,
  PATH,
  SNAPSHOT_STATUSES,
  storedMetadata,
  storedSpec,
} from './virtual-machine.ts'

const INSTANCES = '/apis/kubevirt.io/v1/namespaces/golden/virtualmachineinstances'

/*
 * The recorded virt-controller was not allowed to write the status of VMIs, so there they stayed
 * Pending, without conditions. Those of today, with permission:
 */
const INSTANCE_CONDITIONS = [
  expect.objectContaining({ type: 'Ready', status: 'False', reason: 'GuestNotRunning' }),
  expect.objectContaining({
    type: 'PodScheduled',
    status: 'False',
    reason: 'Unschedulable',
    message: UNSCHEDULABLE,
  }),
]

const instanceMetadata = {
  annotations: { ...ANNOTATIONS, 'kubevirt.io/vm-generation': '2' },
  creationTimestamp: TIME,
  // The second name got its prefix with KubeVirt 1.6.
  finalizers: [FINALIZER, 'kubevirt.io/foregroundDeleteVirtualMachine'],
  generation: expect.any(Number) as unknown,
  labels: { 'kubevirt.io/vm': 'vm-a' },
  managedFields: [
    expect.objectContaining({
      manager: 'Go-http-client',
      operation: 'Update',
      apiVersion,
      fieldsV1: expect.objectContaining({
        'f:metadata': {
          'f:annotations': {
            '.': {},
            ...Object.fromEntries(Object.keys(ANNOTATIONS).map((name) => [`f:${name}`, {}])),
            'f:kubevirt.io/vm-generation': {},
          },
          'f:finalizers': { '.': {}, [`v:${JSON.stringify(FINALIZER)}`]: {} },
          'f:labels': { '.': {}, 'f:kubevirt.io/vm': {} },
          'f:ownerReferences': { '.': {}, [`k:{"uid":"${UID}"}`]: {} },
        },
      }) as unknown,
    }),
  ],
  name: 'vm-a',
  namespace: 'golden',
  ownerReferences: [
    {
      apiVersion,
      blockOwnerDeletion: true,
      controller: true,
      kind: 'VirtualMachine',
      name: 'vm-a',
      uid: UID,
    },
  ],
  resourceVersion: VERSION,
  uid: UID,
}

export const started: Exchange[] = [
  {
    name: 'vm-after-start',
    method: 'GET',
    path: `${PATH}/vm-a`,
    eventually: true,
    status: 200,
    answer: {
      apiVersion,
      kind: 'VirtualMachine',
      metadata: storedMetadata(
        'vm-a',
        [
          byKubeVirt({ running: true }),
          byStatusWriter('created', 'desiredGeneration', 'observedGeneration'),
          byWriter({ running: false }),
        ],
        { generation: 2, annotations: ANNOTATIONS, finalizers: [FINALIZER] },
      ),
      spec: storedSpec({ name: 'vm-a', running: true }),
      status: {
        conditions: INSTANCE_CONDITIONS,
        created: true,
        desiredGeneration: 2,
        observedGeneration: 2,
        // The recorded one says Starting, for want of the condition.
        printableStatus: 'ErrorUnschedulable',
        runStrategy: 'Always',
        volumeSnapshotStatuses: SNAPSHOT_STATUSES,
      },
    },
  },
  {
    name: 'vmi-after-start',
    method: 'GET',
    path: `${INSTANCES}/vm-a`,
    eventually: true,
    status: 200,
    answer: {
      apiVersion,
      kind: 'VirtualMachineInstance',
      metadata: instanceMetadata,
      spec: {
        architecture: 'amd64',
        domain: {
          cpu: {
            cores: 1,
            model: 'host-model',
            sockets: 1,
            threads: 1,
          },
          devices: {
            disks: [{ disk: { bus: 'virtio' }, name: 'rootdisk' }],
            interfaces: [{ masquerade: {}, name: 'default' }],
          },
          features: { acpi: { enabled: true } },
          firmware: { uuid: UID, serial: UID },
          machine: { type: 'q35' },
          resources: { requests: { memory: '128Mi' } },
        },
        evictionStrategy: 'None',
        networks: [{ name: 'default', pod: {} }],
        volumes: [
          {
            containerDisk: {
              image: 'quay.io/kubevirt/cirros-container-disk-demo',
              imagePullPolicy: 'Always',
            },
            name: 'rootdisk',
          },
        ],
      },
      status: expect.objectContaining({
        activePods: { [UID]: '' },
        conditions: expect.arrayContaining(INSTANCE_CONDITIONS) as unknown,
        currentCPUTopology: { cores: 1, sockets: 1, threads: 1 },
        guestOSInfo: {},
        phase: 'Scheduling',
        phaseTransitionTimestamps: [
          { phase: 'Pending', phaseTransitionTimestamp: TIME },
          { phase: 'Scheduling', phaseTransitionTimestamp: TIME },
        ],
        runtimeUser: 107,
        virtualMachineRevisionName: `revision-start-vm-${UID}-2`,
      }) as unknown,
    },
  },
  {
    name: 'vmi-table',
    method: 'GET',
    path: INSTANCES,
    headers: { accept: TABLE },
    status: 200,
    answer: {
      kind: 'Table',
      apiVersion: 'meta.k8s.io/v1',
      metadata: { resourceVersion: VERSION },
      columnDefinitions: [
        NAME_COLUMN,
        pathColumn('Age', '.metadata.creationTimestamp', { type: 'date' }),
        pathColumn('Phase', '.status.phase'),
        pathColumn('IP', '.status.interfaces[0].ipAddress'),
        pathColumn('NodeName', '.status.nodeName'),
        pathColumn('Ready', ".status.conditions[?(@.type=='Ready')].status"),
        pathColumn(
          'Live-Migratable',
          ".status.conditions[?(@.type=='LiveMigratable')].status",
          { priority: 1 },
        ),
        pathColumn('Paused', ".status.conditions[?(@.type=='Paused')].status", {
          priority: 1,
        }),
      ],
      rows: [
        {
          cells: ['vm-a', AGE, 'Scheduling', null, null, 'False', null, null],
          object: {
            kind: 'PartialObjectMetadata',
            apiVersion: 'meta.k8s.io/v1',
            metadata: instanceMetadata,
          },
        },
      ],
    },
  },
  {
    name: 'launcher-pods',
    method: 'GET',
    path: '/api/v1/namespaces/golden/pods?labelSelector=kubevirt.io%3Dvirt-launcher',
    eventually: true,
    status: 200,
    answer: {
      kind: 'PodList',
      apiVersion: 'v1',
      metadata: { resourceVersion: VERSION },
      items: [LAUNCHER_POD],
    },
  },
  {
    name: 'events-after-start',
    method: 'GET',
    path: '/api/v1/namespaces/golden/events',
    eventually: true,
    status: 200,
    answer: {
      kind: 'EventList',
      apiVersion: 'v1',
      metadata: { resourceVersion: VERSION },
      items: expect.arrayContaining(EVENTS) as unknown,
    },
  },
]
