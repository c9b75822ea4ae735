import type { PersistentVolumeClaim, StorageClass } from '../informers.ts'
import { BIND_IMMEDIATELY, SELECTED_NODE } from './names.ts'

/** Whether a claim is not to be bound before a pod that uses it has a node. */
export function waitsForConsumer(
  { metadata, spec, status }: PersistentVolumeClaim,
  storageClass: StorageClass | undefined,
): boolean {
  if (storageClass?.volumeBindingMode !== 'WaitForFirstConsumer') return false
  if (status?.phase === 'Bound' || spec?.volumeName) return false
  const { annotations = {} } = metadata ?? {}
  if (annotations[BIND_IMMEDIATELY] !== undefined) return false
  return annotations[SELECTED_NODE] === undefined
}
