import type { V1beta1VirtualMachineExport as VirtualMachineExport } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { isExportOf, type ExportTarget } from '@virtdeck/kubevirt'
import type { ApiError } from '../../../live/api-error.ts'
import { useLiveQuery } from '../../../live/use-live-query.ts'

interface ExportRow {
  key: string
  object: VirtualMachineExport
}

/** The newest export of a VM or claim that still goes on; null if there is none. */
export function useExport(target: ExportTarget): {
  data: VirtualMachineExport | null | undefined
  error: ApiError | undefined
} {
  const { group, version, resource } = RESOURCES.virtualMachineExports
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace: target.namespace,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: 200,
  })
  const rows = data?.rows as unknown as readonly ExportRow[] | undefined
  const found = rows?.find(({ object }) => isExportOf(object, target))
  return { data: rows && (found?.object ?? null), error }
}
