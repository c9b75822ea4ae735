import { expect } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { managed, metadata } from '../objects.ts'
import { TIME } from '../volatile.ts'

const STRATEGIC = 'application/strategic-merge-patch+json'
const MERGE = 'application/merge-patch+json'
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
const HEARTBEAT = 'kubevirt.io/heartbeat'

const applied = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    annotations: {},
    labels: { 'kubernetes.io/hostname': name, 'kubevirt.io/schedulable': 'true' },
    name,
  },
})
const lastApplied = (name: string): string => `${JSON.stringify(applied(name))}\n`

const NOT_READY = 'node.kubernetes.io/not-ready'
const NOW = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
const RESOURCES = {
  cpu: '32',
  'devices.kubevirt.io/kvm': '1k',
  'devices.kubevirt.io/tun': '1k',
  'devices.kubevirt.io/vhost-net': '1k',
  memory: '128Gi',
  pods: '5k',
}
const NODE_INFO = {
  machineID: 'x',
  systemUUID: 'x',
  bootID: 'x',
  kernelVersion: 'x',
  osImage: 'x',
  containerRuntimeVersion: 'x',
  kubeletVersion: 'v1.26.5',
  kubeProxyVersion: 'v1.26.5',
  operatingSystem: 'linux',
  architecture: 'amd64',
}
const STATUS = {
  capacity: RESOURCES,
  allocatable: RESOURCES,
  conditions: [
    {
      type: 'Ready',
      // The recorded nodes were True, with the taint of new nodes that no controller took away.
      status: 'False',
      // Nor did one look at their heartbeats.
      lastHeartbeatTime: NOW,
      lastTransitionTime: NOW,
      reason: 'KubeletNotReady',
      message: 'ok',
    },
  ],
  nodeInfo: NODE_INFO,
}

/** How the nodes of the recorded cluster were made: by hand, with kubectl; no kubelet runs them. */
export const nodeSetup = (name: string): Omit<Exchange, 'status'>[] => [
  {
    name: `create ${name}`,
    method: 'POST',
    path: '/api/v1/nodes?fieldManager=kubectl-client-side-apply',
    body: {
      ...applied(name),
      metadata: {
        ...applied(name).metadata,
        annotations: { [LAST_APPLIED]: lastApplied(name) },
      },
    },
  },
  {
    name: `annotate ${name}`,
    method: 'PATCH',
    path: `/api/v1/nodes/${name}?fieldManager=kubectl-annotate`,
    type: MERGE,
    body: { metadata: { annotations: { [HEARTBEAT]: '2026-11-23T00:38:39Z' } } },
  },
  {
    name: `status of ${name}`,
    method: 'PATCH',
    path: `/api/v1/nodes/${name}/status?fieldManager=kubectl-patch`,
    type: STRATEGIC,
    body: { status: STATUS },
  },
  {
    name: `label ${name}`,
    method: 'PATCH',
    path: `/api/v1/nodes/${name}?fieldManager=kubectl-label`,
    type: MERGE,
    body: {
      metadata: { labels: { 'kubernetes.io/arch': 'amd64', 'kubernetes.io/os': 'linux' } },
    },
  },
]

const each = (path: string, names: string[]): string[] => [
  `${path} .`,
  ...names.map((name) => `${path} ${name}`),
]
const READY = 'status conditions k:{"type":"Ready"}'
const MANAGERS = [
  managed('kubectl-client-side-apply', [
    ...each('metadata annotations', [LAST_APPLIED]),
    ...each('metadata labels', ['kubernetes.io/hostname', 'kubevirt.io/schedulable']),
  ]),
  managed('kubectl-annotate', [`metadata annotations ${HEARTBEAT}`]),
  managed(
    'kubectl-patch',
    [
      ...each('status allocatable', Object.keys(RESOURCES)),
      ...each('status capacity', Object.keys(RESOURCES)),
      'status conditions .',
      ...each(READY, [
        'lastHeartbeatTime',
        'lastTransitionTime',
        'message',
        'reason',
        'status',
        'type',
      ]),
      ...Object.keys(NODE_INFO).map((field) => `status nodeInfo ${field}`),
    ],
    { subresource: 'status' },
  ),
  managed('kubectl-label', [
    'metadata labels kubernetes.io/arch',
    'metadata labels kubernetes.io/os',
  ]),
]

const node = (spec: object, managers: object[]): object => ({
  kind: 'Node',
  apiVersion: 'v1',
  metadata: metadata(
    'node02',
    {
      labels: {
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': 'node02',
        'kubernetes.io/os': 'linux',
        'kubevirt.io/schedulable': 'true',
      },
      annotations: { [LAST_APPLIED]: lastApplied('node02'), [HEARTBEAT]: TIME },
      managedFields: expect.arrayContaining(managers) as unknown,
    },
    '',
  ),
  spec: {
    ...spec,
    // The server puts the first on a new node, its controller adds the second.
    taints: [
      { key: NOT_READY, effect: 'NoSchedule' },
      { key: NOT_READY, effect: 'NoExecute', timeAdded: TIME },
    ],
  },
  status: {
    ...STATUS,
    conditions: STATUS.conditions.map((condition) => ({
      ...condition,
      lastHeartbeatTime: TIME,
      lastTransitionTime: TIME,
    })),
    daemonEndpoints: { kubeletEndpoint: { Port: 0 } },
  },
})

const cordon = (name: string, unschedulable: true | null): Omit<Exchange, 'status'> => ({
  name,
  method: 'PATCH',
  path: '/api/v1/nodes/node02',
  type: STRATEGIC,
  body: { spec: { unschedulable } },
})

export const nodes: Exchange[] = [
  {
    ...cordon('node-cordon', true),
    status: 200,
    answer: node({ unschedulable: true }, [
      ...MANAGERS,
      managed('unknown', ['spec unschedulable']),
    ]),
  },
  { ...cordon('node-uncordon', null), status: 200, answer: node({}, MANAGERS) },
]
