import type { IoK8sApiCoreV1Pod as Pod } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type { V1VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { useLiveQuery } from '../live/use-live-query.ts'

/** The pods that run or ran a guest, newest first: a migration makes more than one. */
export function useLauncherPods({ metadata }: V1VirtualMachineInstance) {
  const { data, state, error } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group: '',
    version: 'v1',
    resource: 'pods',
    namespace: metadata?.namespace ?? '',
    labelSelector: `kubevirt.io/created-by=${metadata?.uid ?? ''}`,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: 20,
  })
  const pods: Pod[] | undefined = data?.rows.map(({ object }) => object)
  return { pods, state, error }
}
