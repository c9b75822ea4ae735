import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../live/use-live-query.ts'

/** The name of the pod that runs the guest; the newest, as a migration has two. */
export function LauncherPod({ instance }: { instance: V1VirtualMachineInstance }) {
  const { t } = useTranslation()
  const { namespace, uid } = instance.metadata ?? {}
  const { data, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group: '',
    version: 'v1',
    resource: 'pods',
    ...(namespace !== undefined && { namespace }),
    labelSelector: `kubevirt.io/created-by=${uid}`,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: 1,
  })
  const [row] = data?.rows ?? []
  if (row) return row.key.split('/').at(-1)
  return error ? error.message : t('virtualMachine.runtime.noPod')
}
