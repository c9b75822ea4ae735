import { createHash } from 'node:crypto'
import { ownerReferenceTo } from '@virtdeck/kubernetes'
import type { Pod, VirtualMachineInstance } from '../informers.ts'
import { CREATED_BY } from '../virtual-machine/names.ts'
import { launcherContainers, launcherInitContainers } from './launcher-containers.ts'
import { memoryOverhead } from './launcher-resources.ts'
import { launcherVolumes } from './launcher-volumes.ts'

export const UNPAUSED = 'kubevirt.io/virtual-machine-unpaused'

const LABEL_LIMIT = 63
const NOT_COPIED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'kubevirt.io/latest-observed-api-version',
  'kubevirt.io/storage-observed-api-version',
])

/**
 * The pod in which an instance runs, as virt-controller makes it. Its name follows from the
 * instance's UID, so that a controller that forgot it has made one cannot make a second.
 */
export function launcherPod(instance: VirtualMachineInstance): Pod {
  const { metadata = {}, spec } = instance
  const { name = '', namespace = '', uid = '' } = metadata
  const hostname = hostnameOf(instance)
  const { affinity = {} } = spec
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `virt-launcher-${name}-${suffixOf(uid)}`,
      generateName: `virt-launcher-${name}-`,
      namespace,
      labels: {
        ...metadata.labels,
        'kubevirt.io': 'virt-launcher',
        [CREATED_BY]: uid,
        'vm.kubevirt.io/name': hostname,
        'vmi.kubevirt.io/id': labelOf(name),
      },
      annotations: annotationsOf(instance),
      ownerReferences: [
        ownerReferenceTo({
          ...instance,
          apiVersion: 'kubevirt.io/v1',
          kind: 'VirtualMachineInstance',
        }),
      ],
    },
    spec: {
      ...(spec.schedulerName && { schedulerName: spec.schedulerName }),
      ...(spec.priorityClassName && { priorityClassName: spec.priorityClassName }),
      ...(spec.tolerations && { tolerations: spec.tolerations }),
      ...(spec.topologySpreadConstraints && {
        topologySpreadConstraints: spec.topologySpreadConstraints,
      }),
      hostname,
      ...(spec.subdomain && { subdomain: spec.subdomain }),
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      terminationGracePeriodSeconds: (spec.terminationGracePeriodSeconds ?? 30) + 30,
      securityContext: { runAsUser: 107, runAsGroup: 107, runAsNonRoot: true, fsGroup: 107 },
      nodeSelector: { ...spec.nodeSelector, 'kubevirt.io/schedulable': 'true' },
      affinity: withoutObsoleteNodes(affinity),
      readinessGates: [{ conditionType: UNPAUSED }],
      volumes: launcherVolumes(instance),
      initContainers: launcherInitContainers(instance),
      containers: launcherContainers(instance),
    },
  }
}

export const EPHEMERAL_PROVISIONING = 'kubevirt.io/ephemeral-provisioning'

/**
 * A pod that uses the instance's volumes and runs nothing, so that volumes that wait for their
 * first consumer are bound and filled before the guest starts.
 */
export function provisioningPod(instance: VirtualMachineInstance): Pod {
  const pod = launcherPod(instance)
  const { metadata = {}, spec } = pod
  const { name, uid = '' } = instance.metadata ?? {}
  const compute = spec?.containers.find((container) => container.name === 'compute')
  return {
    ...pod,
    metadata: {
      ...metadata,
      name: `virt-launcher-${name}-${suffixOf(`${uid}/provisioning`)}`,
      annotations: { ...metadata.annotations, [EPHEMERAL_PROVISIONING]: 'true' },
    },
    spec: {
      ...spec,
      initContainers: [],
      containers: compute
        ? [{ ...compute, command: ['/bin/bash', '-c', 'echo', 'bound PVCs'], args: [] }]
        : [],
    },
  }
}

type Affinity = NonNullable<NonNullable<Pod['spec']>['affinity']>

const NOT_OBSOLETE = {
  key: 'node-labeller.kubevirt.io/obsolete-host-model',
  operator: 'DoesNotExist',
} as const

function withoutObsoleteNodes(affinity: Affinity): Affinity {
  const required = affinity.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  const terms = required?.nodeSelectorTerms ?? [{}]
  return {
    ...affinity,
    nodeAffinity: {
      ...affinity.nodeAffinity,
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map((term) => ({
          ...term,
          matchExpressions: [...(term.matchExpressions ?? []), NOT_OBSOLETE],
        })),
      },
    },
  }
}

function annotationsOf(instance: VirtualMachineInstance): Record<string, string> {
  const { name = '', namespace = '', annotations = {} } = instance.metadata ?? {}
  const copied = Object.entries(annotations).filter(([key]) => !NOT_COPIED.has(key))
  const hook = (verb: string) =>
    `["/usr/bin/virt-freezer", "--${verb}", "--name", "${name}", "--namespace", "${namespace}"]`
  const networks = multusNetworks(instance)
  return {
    ...Object.fromEntries(copied),
    'kubectl.kubernetes.io/default-container': 'compute',
    'kubevirt.io/domain': name,
    'kubevirt.io/migrationTransportUnix': 'true',
    'kubevirt.io/memory-overhead': String(Math.ceil(memoryOverhead(instance))),
    'post.hook.backup.velero.io/command': hook('unfreeze'),
    'post.hook.backup.velero.io/container': 'compute',
    'pre.hook.backup.velero.io/command': hook('freeze'),
    'pre.hook.backup.velero.io/container': 'compute',
    'traffic.sidecar.istio.io/kubevirtInterfaces': 'k6t-eth0',
    ...(networks.length > 0 && { 'k8s.v1.cni.cncf.io/networks': JSON.stringify(networks) }),
  }
}

/** Networks that Multus shall attach, each under the name that follows from the network's. */
function multusNetworks({ metadata, spec }: VirtualMachineInstance) {
  return (spec.networks ?? []).flatMap(({ name, multus }) => {
    // The published type calls the wire's `default` `_default`.
    if (!multus || (multus as { default?: boolean }).default) return []
    const [network = '', namespace = metadata?.namespace ?? ''] = multus.networkName
      .split('/')
      .toReversed()
    const { macAddress } =
      spec.domain.devices.interfaces?.find((candidate) => candidate.name === name) ?? {}
    const hash = createHash('sha256').update(name).digest('hex')
    return [
      {
        name: network,
        namespace,
        ...(macAddress && { mac: macAddress }),
        interface: `pod${hash.slice(0, 11)}`,
      },
    ]
  })
}

/** A host name for the guest: the instance's name as one DNS label. */
function hostnameOf({ metadata, spec }: VirtualMachineInstance): string {
  if (spec.hostname) return spec.hostname
  const label = (metadata?.name ?? '').split('.')[0] ?? ''
  return label.slice(0, LABEL_LIMIT).replace(/-+$/, '')
}

function labelOf(name: string): string {
  if (name.length <= LABEL_LIMIT) return name
  const hash = createHash('sha1').update(name).digest('hex').slice(0, 8)
  return `${name.slice(0, LABEL_LIMIT - 9)}-${hash}`
}

/** Five characters of the alphabet that Kubernetes uses for generated names. */
function suffixOf(uid: string): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789'
  const bytes = createHash('sha256').update(uid).digest().subarray(0, 5)
  return [...bytes].map((byte) => alphabet[byte % alphabet.length]).join('')
}
