import type { IoK8sApiCoreV1Node as Node } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { timestamp } from './event-recorder.ts'
import type { NodeMachine } from './node-machine.ts'

export type NodeConditions = NonNullable<NonNullable<Node['status']>['conditions']>

const MIB = 1024 * 1024
/** Less than that is too little for anything new. */
const LEAST_MEMORY = 100 * MIB
const LEAST_DISK = 1024 * MIB

/** What a kubelet says of its node; without a machine, as for simulated guests, all is well. */
export function conditionsOf(
  before: NodeConditions,
  machine: NodeMachine | undefined,
): NodeConditions {
  const now = timestamp()
  const condition = (
    type: string,
    wanted: { status: 'True' | 'False'; reason: string; message: string },
  ) => {
    const old = before.find((one) => one.type === type)
    const since = old?.status === wanted.status ? old.lastTransitionTime : now
    return {
      type,
      ...wanted,
      lastHeartbeatTime: now,
      lastTransitionTime: since ?? now,
    }
  }
  const pressure = (
    type: string,
    under: boolean,
    [bad, badText, good, goodText]: [string, string, string, string],
  ) =>
    condition(type, {
      status: under ? 'True' : 'False',
      reason: under ? bad : good,
      message: `kubelet ${under ? badText : goodText}`,
    })
  return [
    pressure('MemoryPressure', (machine?.availableMemory ?? Infinity) < LEAST_MEMORY, [
      'KubeletHasInsufficientMemory',
      'has insufficient memory available',
      'KubeletHasSufficientMemory',
      'has sufficient memory available',
    ]),
    pressure('DiskPressure', (machine?.availableDisk ?? Infinity) < LEAST_DISK, [
      'KubeletHasDiskPressure',
      'has disk pressure',
      'KubeletHasNoDiskPressure',
      'has no disk pressure',
    ]),
    pressure('PIDPressure', false, [
      'KubeletHasInsufficientPID',
      'has insufficient PID available',
      'KubeletHasSufficientPID',
      'has sufficient PID available',
    ]),
    condition('Ready', {
      status: 'True',
      reason: 'KubeletReady',
      message: 'kubelet is posting ready status',
    }),
  ]
}
