import type {
  V1beta1VirtualMachineRestore,
  V1beta1VirtualMachineSnapshot,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES, type ResourceRef } from '@virtdeck/kubernetes'
import { isRestoreOf, isSnapshotOf } from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { useLiveQuery } from '../../../live/use-live-query.ts'

/** As many as anybody looks through; older ones are found with kubectl. */
const LIMIT = 200

export interface SnapshotRow {
  key: string
  object: V1beta1VirtualMachineSnapshot
}

interface RestoreRow {
  key: string
  object: V1beta1VirtualMachineRestore
}

function useNewest({ group, version, resource }: ResourceRef, namespace: string) {
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: LIMIT,
  })
  return { rows: data?.rows, error }
}

/** The snapshots of a VM, newest first; undefined while they load. */
export function useSnapshots({ namespace, name }: { namespace: string; name: string }) {
  const { rows, error } = useNewest(RESOURCES.virtualMachineSnapshots, namespace)
  const own = useMemo(
    () =>
      (rows as unknown as readonly SnapshotRow[] | undefined)?.filter(({ object }) =>
        isSnapshotOf(object, name),
      ),
    [rows, name],
  )
  return { rows: own, error }
}

/** The restores of a VM. */
export function useRestores({ namespace, name }: { namespace: string; name: string }) {
  const { rows } = useNewest(RESOURCES.virtualMachineRestores, namespace)
  return useMemo(
    () =>
      ((rows ?? []) as unknown as readonly RestoreRow[])
        .map(({ object }) => object)
        .filter((object) => isRestoreOf(object, name)),
    [rows, name],
  )
}
