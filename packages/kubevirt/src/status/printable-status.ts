import type { V1beta1DataVolume as DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type { IoK8sApiCoreV1PersistentVolumeClaim as PersistentVolumeClaim } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine as VirtualMachine,
  V1VirtualMachineInstance as VirtualMachineInstance,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { hasCondition } from './conditions.ts'
import { isFinal, isSetToStart } from './run-strategy.ts'
import { claimNameOf } from './volume-claims.ts'

export type PrintableStatus =
  | 'Terminating'
  | 'Stopping'
  | 'Migrating'
  | 'Paused'
  | 'Running'
  | 'ErrorPvcNotFound'
  | 'DataVolumeError'
  | 'ErrorUnschedulable'
  | 'Provisioning'
  | 'WaitingForVolumeBinding'
  | 'ErrImagePull'
  | 'ImagePullBackOff'
  | 'Starting'
  | 'CrashLoopBackOff'
  | 'Stopped'
  | 'WaitingForReceiver'
  | 'Unknown'

export interface StatusInput {
  virtualMachine: VirtualMachine
  instance?: VirtualMachineInstance | undefined
  /** By name, those of the VM's namespace that its volumes use. */
  dataVolume: (name: string) => DataVolume | undefined
  claim: (name: string) => PersistentVolumeClaim | undefined
}

type Rule = (input: StatusInput) => boolean

const phaseIs =
  (...phases: string[]): Rule =>
  ({ instance }) =>
    instance !== undefined && phases.includes(instance.status?.phase ?? '')

const synchronizationFailed =
  (reason: string): Rule =>
  ({ instance }) =>
    hasCondition(instance, 'Synchronized', { status: 'False', reason })

const isPaused: Rule = (input) =>
  phaseIs('Running')(input) && hasCondition(input.instance, 'Paused', { status: 'True' })

const isMigrating: Rule = ({ instance }) => {
  const migration = instance?.status?.migrationState
  return migration?.startTimestamp !== undefined && migration.endTimestamp === undefined
}

function dataVolumesOf({ virtualMachine, dataVolume }: StatusInput): DataVolume[] {
  const volumes = virtualMachine.spec.template.spec?.volumes ?? []
  return volumes.flatMap((volume) => {
    const found = volume.dataVolume && dataVolume(volume.dataVolume.name)
    return found ? [found] : []
  })
}

function claimsOf({ virtualMachine, claim }: StatusInput): PersistentVolumeClaim[] {
  const volumes = virtualMachine.spec.template.spec?.volumes ?? []
  return volumes.flatMap((volume) => {
    const name = claimNameOf(volume)
    const found = name === undefined ? undefined : claim(name)
    return found ? [found] : []
  })
}

const isFailedDataVolume = (dataVolume: DataVolume): boolean =>
  dataVolume.status?.phase === 'Failed' ||
  ['Error', 'ImagePullFailed'].some((reason) =>
    hasCondition(dataVolume, 'Running', { status: 'False', reason }),
  )

const isProvisioning: Rule = (input) =>
  dataVolumesOf(input).some((dataVolume) => {
    const phase = dataVolume.status?.phase ?? ''
    if (phase === 'Succeeded' || phase === 'PendingPopulation') return false
    // Waits for the VM, not the VM for it.
    if (phase !== 'WaitForFirstConsumer') return true
    return input.claim(dataVolume.metadata?.name ?? '')?.status?.phase === 'Bound'
  })

const isWaitingForVolumeBinding: Rule = (input) =>
  isSetToStart(input.virtualMachine, input.instance) &&
  claimsOf(input).some(({ status }) => status?.phase !== 'Bound')

const isCrashLooping: Rule = ({ virtualMachine, instance }) =>
  (instance === undefined || isFinal(instance)) &&
  isSetToStart(virtualMachine, instance) &&
  (virtualMachine.status?.startFailure?.consecutiveFailCount ?? 0) > 0

/**
 * The first rule that holds wins. The order is that of virt-controller's `setPrintableStatus`:
 * https://github.com/kubevirt/kubevirt/blob/release-1.9/pkg/virt-controller/watch/vm/vm.go
 */
const RULES: readonly (readonly [PrintableStatus, Rule])[] = [
  ['Terminating', ({ virtualMachine }) => virtualMachine.metadata?.deletionTimestamp != null],
  [
    'Stopping',
    ({ instance }) =>
      instance !== undefined &&
      !isFinal(instance) &&
      instance.metadata?.deletionTimestamp !== undefined,
  ],
  ['Migrating', isMigrating],
  ['Paused', isPaused],
  ['Running', phaseIs('Running')],
  ['ErrorPvcNotFound', synchronizationFailed('FailedPvcNotFound')],
  ['DataVolumeError', (input) => dataVolumesOf(input).some(isFailedDataVolume)],
  [
    'ErrorUnschedulable',
    ({ instance }) =>
      hasCondition(instance, 'PodScheduled', { status: 'False', reason: 'Unschedulable' }),
  ],
  ['Provisioning', isProvisioning],
  ['WaitingForVolumeBinding', isWaitingForVolumeBinding],
  ['ErrImagePull', synchronizationFailed('ErrImagePull')],
  ['ImagePullBackOff', synchronizationFailed('ImagePullBackOff')],
  ['Starting', phaseIs('', 'Pending', 'Scheduling', 'Scheduled')],
  ['CrashLoopBackOff', isCrashLooping],
  ['Stopped', ({ instance }) => instance === undefined || isFinal(instance)],
  ['WaitingForReceiver', phaseIs('WaitingForSync')],
]

/** `status.printableStatus` of a VM: what lists show. */
export function printableStatus(input: StatusInput): PrintableStatus {
  return RULES.find(([, rule]) => rule(input))?.[0] ?? 'Unknown'
}
