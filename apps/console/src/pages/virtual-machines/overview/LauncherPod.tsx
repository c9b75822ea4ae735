import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useLiveQuery } from '../../../live/use-live-query.ts'
import { paths } from '../../../paths.ts'

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
  if (row && namespace !== undefined) {
    const name = row.key.split('/').at(-1) ?? ''
    return <Link to={paths.pod({ namespace, name })}>{name}</Link>
  }
  return error ? error.message : t('virtualMachine.runtime.noPod')
}
