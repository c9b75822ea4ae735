import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { containersOf } from '@virtdeck/kubevirt'

/** As kubectl shows it: what a container waits for says more than "Pending". */
export function podPhase(pod: Pod): string {
  if (pod.metadata?.deletionTimestamp) return 'Terminating'
  const waiting = containersOf(pod).find(({ state, reason }) => state === 'waiting' && reason)
  return waiting?.reason ?? pod.status?.phase ?? 'Unknown'
}
