import type { IoK8sApiCoreV1Container as Container } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { VirtualMachineInstance } from '../informers.ts'
import { computeResources } from './launcher-resources.ts'
import { claimMounts } from './launcher-volumes.ts'

const LAUNCHER_IMAGE = 'virt-launcher'
const QEMU_USER = 107
const DISK_LIMITS = { cpu: '10m', memory: '40M' }
const DISK_REQUESTS = { cpu: '1m', memory: '1M', 'ephemeral-storage': '50M' }

const unprivileged = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  runAsUser: QEMU_USER,
}

const directories = [
  ['XDG_CACHE_HOME', '/var/run/kubevirt-private'],
  ['XDG_CONFIG_HOME', '/var/run/kubevirt-private'],
  ['XDG_RUNTIME_DIR', '/var/run'],
] as const

/** The containers that virt-controller gives a launcher pod. */
export function launcherContainers(instance: VirtualMachineInstance): Container[] {
  const disks = (instance.spec.volumes ?? []).filter(({ containerDisk }) => containerDisk)
  return [
    compute(instance),
    ...(instance.spec.domain.devices.autoattachSerialConsole === false ||
    instance.spec.domain.devices.logSerialConsole === false
      ? []
      : [guestConsoleLog(instance)]),
    ...disks.map(({ name, containerDisk }, index) =>
      containerDiskOf({
        name: `volume${name}`,
        image: containerDisk?.image ?? '',
        policy: containerDisk?.imagePullPolicy,
        args: [
          '--copy-path',
          `/var/run/kubevirt-ephemeral-disks/container-disk-data/${instance.metadata?.uid}/disk_${index}`,
        ],
        instance,
      }),
    ),
  ]
}

export function launcherInitContainers(instance: VirtualMachineInstance): Container[] {
  const disks = (instance.spec.volumes ?? []).filter(({ containerDisk }) => containerDisk)
  if (disks.length === 0) return []
  return [
    {
      name: 'container-disk-binary',
      image: LAUNCHER_IMAGE,
      imagePullPolicy: 'IfNotPresent',
      command: ['/usr/bin/cp', '/usr/bin/container-disk', '/init/usr/bin/container-disk'],
      env: directories.map(([name, value]) => ({ name, value })),
      resources: {
        limits: { cpu: '100m', memory: '40M' },
        requests: { cpu: '10m', memory: '1M' },
      },
      securityContext: { ...unprivileged, privileged: false, runAsGroup: QEMU_USER },
      volumeMounts: [{ name: 'virt-bin-share-dir', mountPath: '/init/usr/bin' }],
    },
    ...disks.map(({ name, containerDisk }) =>
      containerDiskOf({
        name: `volume${name}-init`,
        image: containerDisk?.image ?? '',
        policy: containerDisk?.imagePullPolicy,
        args: ['--no-op'],
        instance,
      }),
    ),
  ]
}

function compute(instance: VirtualMachineInstance): Container {
  const { name = '', namespace = '', uid = '' } = instance.metadata ?? {}
  const grace = instance.spec.terminationGracePeriodSeconds ?? 30
  const { devices, mounts } = claimMounts(instance)
  return {
    name: 'compute',
    image: LAUNCHER_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    command: [
      '/usr/bin/virt-launcher-monitor',
      '--qemu-timeout',
      '313s',
      '--name',
      name,
      '--uid',
      uid,
      '--namespace',
      namespace,
      '--kubevirt-share-dir',
      '/var/run/kubevirt',
      '--ephemeral-disk-dir',
      '/var/run/kubevirt-ephemeral-disks',
      '--container-disk-dir',
      '/var/run/kubevirt/container-disks',
      '--grace-period-seconds',
      String(grace + 15),
      '--hook-sidecars',
      '0',
      '--ovmf-path',
      '/usr/share/OVMF',
      '--run-as-nonroot',
      '--allow-emulation',
    ],
    env: [
      ...directories.map(([name, value]) => ({ name, value })),
      {
        name: 'POD_NAME',
        valueFrom: { fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' } },
      },
    ],
    resources: computeResources(instance),
    securityContext: {
      ...unprivileged,
      capabilities: { add: ['NET_BIND_SERVICE'], drop: ['ALL'] },
      privileged: false,
      runAsGroup: QEMU_USER,
    },
    volumeMounts: [
      { name: 'private', mountPath: '/var/run/kubevirt-private' },
      { name: 'public', mountPath: '/var/run/kubevirt' },
      { name: 'ephemeral-disks', mountPath: '/var/run/kubevirt-ephemeral-disks' },
      {
        name: 'container-disks',
        mountPath: '/var/run/kubevirt/container-disks',
        mountPropagation: 'HostToContainer',
      },
      { name: 'libvirt-runtime', mountPath: '/var/run/libvirt' },
      { name: 'sockets', mountPath: '/var/run/kubevirt/sockets' },
      {
        name: 'hotplug-disks',
        mountPath: '/var/run/kubevirt/hotplug-disks',
        mountPropagation: 'HostToContainer',
      },
      ...mounts,
    ],
    ...(devices.length > 0 && { volumeDevices: devices }),
  }
}

/** Repeats what the guest writes to its serial port, so that `kubectl logs` shows it. */
function guestConsoleLog({ metadata }: VirtualMachineInstance): Container {
  return {
    name: 'guest-console-log',
    image: LAUNCHER_IMAGE,
    imagePullPolicy: 'IfNotPresent',
    command: ['/usr/bin/virt-tail'],
    args: [
      '--logfile',
      `/var/run/kubevirt-private/${metadata?.uid}/virt-serial0-log`,
      '--socket-timeout',
      '6s',
    ],
    resources: {
      limits: { cpu: '15m', memory: '60M' },
      requests: { cpu: '5m', memory: '35M' },
    },
    securityContext: unprivileged,
    volumeMounts: [{ name: 'private', mountPath: '/var/run/kubevirt-private', readOnly: true }],
  }
}

function containerDiskOf(options: {
  name: string
  image: string
  policy: string | undefined
  args: string[]
  instance: VirtualMachineInstance
}): Container {
  const { name, image, policy, args, instance } = options
  const { uid } = instance.metadata ?? {}
  return {
    name,
    image,
    ...(policy !== undefined && {
      imagePullPolicy: policy,
    }),
    command: ['/usr/bin/container-disk'],
    args,
    resources: { limits: { ...DISK_LIMITS }, requests: { ...DISK_REQUESTS } },
    securityContext: unprivileged,
    volumeMounts: [
      {
        name: 'container-disks',
        mountPath: `/var/run/kubevirt-ephemeral-disks/container-disk-data/${uid}`,
      },
      { name: 'virt-bin-share-dir', mountPath: '/usr/bin' },
    ],
  }
}
