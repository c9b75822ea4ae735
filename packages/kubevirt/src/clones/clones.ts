import type { V1beta1VirtualMachineClone as VirtualMachineClone } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { VirtualMachine } from '../types.ts'

/** What a clone is made from: a VM as it is now, or one of its snapshots. */
export interface CloneSource {
  namespace: string
  kind: 'VirtualMachine' | 'VirtualMachineSnapshot'
  name: string
}

const GROUPS = {
  VirtualMachine: 'kubevirt.io',
  VirtualMachineSnapshot: 'snapshot.kubevirt.io',
} as const

/** KubeVirt reads `!` as "all but", and `*` at the end as "whatever follows". */
const NONE = ['!*']

interface CloneOptions {
  target: string
  /** Labels of the VM and of its guests; without them no Service reaches the clone. */
  hasLabels: boolean
  hasAnnotations: boolean
}

/**
 * The object that asks for a clone. MAC addresses, firmware UUID and serial number are not
 * taken along: KubeVirt gives the clone its own.
 */
export function cloneOf(
  { namespace, kind, name }: CloneSource,
  { target, hasLabels, hasAnnotations }: CloneOptions,
): VirtualMachineClone {
  const filters = {
    ...(!hasLabels && { labelFilters: NONE }),
    ...(!hasAnnotations && { annotationFilters: NONE }),
  }
  return {
    apiVersion: 'clone.kubevirt.io/v1beta1',
    kind: 'VirtualMachineClone',
    metadata: { generateName: `${target}-`, namespace },
    spec: {
      source: { apiGroup: GROUPS[kind], kind, name },
      target: { apiGroup: GROUPS.VirtualMachine, kind: 'VirtualMachine', name: target },
      ...(Object.keys(filters).length > 0 && { ...filters, template: filters }),
    },
  }
}

/** Where a clone is: its disks are kept in a snapshot, then they are restored to a new VM. */
export type CloneStep = 'snapshot' | 'restore' | 'done'

export interface CloneProgress {
  step: CloneStep
  /** The step that failed, with the cluster's reason. */
  failure?: string
}

/** https://github.com/kubevirt/kubevirt/blob/03f3954/pkg/virt-controller/watch/clone/clone.go */
export function cloneProgress({ status }: VirtualMachineClone): CloneProgress {
  const { phase, conditions = [], restoreName } = status ?? {}
  const ready = conditions.find(({ type }) => type === 'Ready')
  switch (phase) {
    case 'Succeeded':
      return { step: 'done' }
    case 'CreatingTargetVM':
    case 'RestoreInProgress':
      return { step: 'restore' }
    case 'Failed':
    case 'Unknown':
      return {
        step: restoreName === undefined ? 'snapshot' : 'restore',
        failure: ready?.message ?? ready?.reason ?? phase,
      }
    default:
      return { step: 'snapshot' }
  }
}

/**
 * Disks that keep a VM from being cloned, with KubeVirt's reason: a clone goes through a
 * snapshot. Volumes without data of their own are part of the definition and go along.
 */
export function volumesNotCloneable({
  spec,
  status,
}: Pick<VirtualMachine, 'spec' | 'status'>): { name: string; reason: string }[] {
  const volumes = spec.template.spec?.volumes ?? []
  const withData = new Set(
    volumes
      .filter(({ persistentVolumeClaim, dataVolume }) => persistentVolumeClaim ?? dataVolume)
      .map(({ name }) => name),
  )
  return (status?.volumeSnapshotStatuses ?? [])
    .filter(({ name, enabled }) => !enabled && withData.has(name))
    .map(({ name, reason = '' }) => ({ name, reason }))
}
