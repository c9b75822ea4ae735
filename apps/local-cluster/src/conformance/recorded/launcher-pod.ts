import { expect } from 'vitest'
import { managed, metadata } from '../objects.ts'
import { SUFFIX, TIME, UID } from '../volatile.ts'

const SHARED = '/var/run/kubevirt'
const IMAGE = 'quay.io/kubevirt/cirros-container-disk-demo'
const DISK_DATA = `${SHARED}-ephemeral-disks/container-disk-data/${UID}`

const unprivileged = (more: object = {}): object => ({
  capabilities: { drop: ['ALL'] },
  runAsUser: 107,
  runAsNonRoot: true,
  allowPrivilegeEscalation: false,
  ...more,
})
const LAUNCHER_SECURITY = { privileged: false, runAsGroup: 107 }
const DEFAULTS = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
}
const DIRECTORIES = [
  { name: 'XDG_CACHE_HOME', value: `${SHARED}-private` },
  { name: 'XDG_CONFIG_HOME', value: `${SHARED}-private` },
  { name: 'XDG_RUNTIME_DIR', value: '/var/run' },
]
const DISK_RESOURCES = {
  limits: { cpu: '10m', memory: '40M' },
  requests: { cpu: '1m', 'ephemeral-storage': '50M', memory: '1M' },
}
const DISK_MOUNTS = [
  { name: 'container-disks', mountPath: DISK_DATA },
  { name: 'virt-bin-share-dir', mountPath: '/usr/bin' },
]

const diskContainer = (name: string, args: string[]): object => ({
  name,
  image: IMAGE,
  command: ['/usr/bin/container-disk'],
  args,
  resources: DISK_RESOURCES,
  volumeMounts: DISK_MOUNTS,
  ...DEFAULTS,
  imagePullPolicy: 'Always',
  securityContext: unprivileged(),
})

const COMPUTE = {
  name: 'compute',
  image: expect.stringContaining('virt-launcher') as unknown,
  command: [
    '/usr/bin/virt-launcher-monitor',
    '--qemu-timeout',
    // Between 240 and 359 seconds, at random.
    expect.stringMatching(/^\d{3}s$/) as unknown,
    '--name',
    'vm-a',
    '--uid',
    UID,
    '--namespace',
    'golden',
    '--kubevirt-share-dir',
    SHARED,
    '--ephemeral-disk-dir',
    `${SHARED}-ephemeral-disks`,
    '--container-disk-dir',
    `${SHARED}/container-disks`,
    '--grace-period-seconds',
    '45',
    '--hook-sidecars',
    '0',
    '--ovmf-path',
    '/usr/share/OVMF',
    '--run-as-nonroot',
    '--allow-emulation',
  ],
  env: [
    ...DIRECTORIES,
    {
      name: 'POD_NAME',
      valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
    },
  ],
  resources: {
    limits: { 'devices.kubevirt.io/tun': '1' },
    requests: {
      cpu: '100m',
      'devices.kubevirt.io/tun': '1',
      'ephemeral-storage': '50M',
      // The overhead of a guest grows from release to release.
      memory: expect.stringMatching(/^\d+Ki$/) as unknown,
    },
  },
  volumeMounts: [
    { name: 'private', mountPath: `${SHARED}-private` },
    { name: 'public', mountPath: SHARED },
    { name: 'ephemeral-disks', mountPath: `${SHARED}-ephemeral-disks` },
    {
      name: 'container-disks',
      mountPath: `${SHARED}/container-disks`,
      mountPropagation: 'HostToContainer',
    },
    { name: 'libvirt-runtime', mountPath: '/var/run/libvirt' },
    { name: 'sockets', mountPath: `${SHARED}/sockets` },
    {
      name: 'hotplug-disks',
      mountPath: `${SHARED}/hotplug-disks`,
      mountPropagation: 'HostToContainer',
    },
  ],
  ...DEFAULTS,
  imagePullPolicy: 'IfNotPresent',
  securityContext: unprivileged({
    ...LAUNCHER_SECURITY,
    capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
  }),
}

const BINARY = {
  name: 'container-disk-binary',
  image: expect.stringContaining('virt-launcher') as unknown,
  command: ['/usr/bin/cp', '/usr/bin/container-disk', '/init/usr/bin/container-disk'],
  env: DIRECTORIES,
  resources: {
    limits: { cpu: '100m', memory: '40M' },
    requests: { cpu: '10m', memory: '1M' },
  },
  volumeMounts: [{ name: 'virt-bin-share-dir', mountPath: '/init/usr/bin' }],
  ...DEFAULTS,
  imagePullPolicy: 'IfNotPresent',
  securityContext: unprivileged(LAUNCHER_SECURITY),
}

/** Since KubeVirt 1.1 the serial console is logged. */
const CONSOLE_LOG = {
  name: 'guest-console-log',
  image: expect.stringContaining('virt-launcher') as unknown,
  command: ['/usr/bin/virt-tail'],
  args: ['--logfile', `${SHARED}-private/${UID}/virt-serial0-log`, '--socket-timeout', '6s'],
  resources: { limits: { cpu: '15m', memory: '60M' }, requests: { cpu: '5m', memory: '35M' } },
  volumeMounts: [{ name: 'private', mountPath: `${SHARED}-private`, readOnly: true }],
  ...DEFAULTS,
  imagePullPolicy: 'IfNotPresent',
  securityContext: unprivileged(),
}

const outage = (condition: string): object => ({
  key: `node.kubernetes.io/${condition}`,
  operator: 'Exists',
  effect: 'NoExecute',
  tolerationSeconds: 300,
})

const SPEC = {
  volumes: [
    'private',
    'public',
    'sockets',
    'virt-bin-share-dir',
    'libvirt-runtime',
    'ephemeral-disks',
    'container-disks',
    'hotplug-disks',
  ].map((name) => ({ name, emptyDir: {} })),
  initContainers: [BINARY, diskContainer('volumerootdisk-init', ['--no-op'])],
  containers: [
    COMPUTE,
    CONSOLE_LOG,
    diskContainer('volumerootdisk', ['--copy-path', `${DISK_DATA}/disk_0`]),
  ],
  restartPolicy: 'Never',
  terminationGracePeriodSeconds: 60,
  dnsPolicy: 'ClusterFirst',
  nodeSelector: { 'kubevirt.io/schedulable': 'true' },
  serviceAccountName: 'default',
  serviceAccount: 'default',
  automountServiceAccountToken: false,
  securityContext: { runAsUser: 107, runAsGroup: 107, runAsNonRoot: true, fsGroup: 107 },
  hostname: 'vm-a',
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              {
                key: 'node-labeller.kubevirt.io/obsolete-host-model',
                operator: 'DoesNotExist',
              },
            ],
          },
        ],
      },
    },
  },
  schedulerName: 'default-scheduler',
  tolerations: [outage('not-ready'), outage('unreachable')],
  priority: 0,
  readinessGates: [{ conditionType: 'kubevirt.io/virtual-machine-unpaused' }],
  enableServiceLinks: false,
  preemptionPolicy: 'PreemptLowerPriority',
}

// The recorded scheduler put one full stop more at the end.
export const UNSCHEDULABLE =
  '0/2 nodes are available: 2 node(s) had untolerated taint {node.kubernetes.io/not-ready: }. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.'

const freezer = (action: string): string =>
  `["/usr/bin/virt-freezer", "--${action}", "--name", "vm-a", "--namespace", "golden"]`

const CONDITION_FIELDS = [
  'lastProbeTime',
  'lastTransitionTime',
  'message',
  'reason',
  'status',
  'type',
]
const conditionFields = (type: string): string[] =>
  ['.', ...CONDITION_FIELDS].map(
    (field) => `status conditions k:${JSON.stringify({ type })} ${field}`,
  )

/** The pod of the VM while no node takes it. */
export const LAUNCHER_POD = {
  metadata: metadata(`virt-launcher-vm-a-${SUFFIX}`, {
    generateName: 'virt-launcher-vm-a-',
    labels: {
      'kubevirt.io': 'virt-launcher',
      'kubevirt.io/created-by': UID,
      'kubevirt.io/vm': 'vm-a',
      'vm.kubevirt.io/name': 'vm-a',
      // Since KubeVirt 1.6; `virtctl expose` selects by it.
      'vmi.kubevirt.io/id': 'vm-a',
    },
    annotations: {
      'kubectl.kubernetes.io/default-container': 'compute',
      'kubevirt.io/domain': 'vm-a',
      // Since KubeVirt 1.6.
      'kubevirt.io/memory-overhead': expect.stringMatching(/^\d+$/) as unknown,
      'kubevirt.io/migrationTransportUnix': 'true',
      'kubevirt.io/vm-generation': '2',
      'post.hook.backup.velero.io/command': freezer('unfreeze'),
      'post.hook.backup.velero.io/container': 'compute',
      'pre.hook.backup.velero.io/command': freezer('freeze'),
      'pre.hook.backup.velero.io/container': 'compute',
      'traffic.sidecar.istio.io/kubevirtInterfaces': 'k6t-eth0',
    },
    ownerReferences: [
      {
        apiVersion: 'kubevirt.io/v1',
        kind: 'VirtualMachineInstance',
        name: 'vm-a',
        uid: UID,
        controller: true,
        blockOwnerDeletion: true,
      },
    ],
    managedFields: expect.arrayContaining([
      managed('kube-scheduler', ['status conditions .', ...conditionFields('PodScheduled')], {
        subresource: 'status',
      }),
      expect.objectContaining({ manager: 'virt-controller', operation: 'Update' }),
      managed('virt-controller', conditionFields('kubevirt.io/virtual-machine-unpaused'), {
        subresource: 'status',
      }),
    ]) as unknown,
  }),
  spec: SPEC,
  status: {
    phase: 'Pending',
    conditions: expect.arrayContaining([
      {
        type: 'PodScheduled',
        status: 'False',
        lastProbeTime: null,
        lastTransitionTime: TIME,
        reason: 'Unschedulable',
        message: UNSCHEDULABLE,
      },
      {
        type: 'kubevirt.io/virtual-machine-unpaused',
        status: 'True',
        lastProbeTime: TIME,
        lastTransitionTime: TIME,
        reason: 'NotPaused',
        message: 'the virtual machine is not paused',
      },
    ]) as unknown,
    qosClass: 'Burstable',
  },
}
