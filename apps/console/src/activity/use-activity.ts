import type { IoK8sApiCoreV1Event } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine,
  V1VirtualMachineInstanceMigration,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import {
  auditAnswer,
  privateRoutes,
  type ObjectsQuery,
  type VirtualMachineEventsQuery,
} from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { activityOf, type ActivityEntry } from '@virtdeck/kubevirt'
import { useMemo } from 'react'
import { kubernetes } from '../live/kubernetes.ts'
import { requestJson } from '../live/request.ts'
import { useLiveQuery } from '../live/use-live-query.ts'
import type { VirtualMachineContext } from '../pages/virtual-machines/virtual-machine-context.ts'

const LIMIT = 200

/** What happened to a VM, from all that tells of it; what may not be read is left out. */
export function useActivity({ virtualMachine, instance }: VirtualMachineContext): {
  entries: ActivityEntry[]
  isLoading: boolean
} {
  const { namespace = '', name = '', resourceVersion } = virtualMachine.metadata ?? {}
  const events = useLiveQuery<VirtualMachineEventsQuery>({
    kind: 'virtualMachineEvents',
    namespace,
    name,
    offset: 0,
    limit: LIMIT,
  })
  const { group, version, resource } = RESOURCES.virtualMachineInstanceMigrations
  const migrations = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace,
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: LIMIT,
  })
  // Live objects come without managedFields, which are the largest part of many of them.
  const whole = useQuery({
    queryKey: ['activity', 'whole', namespace, name, resourceVersion],
    placeholderData: keepPreviousData,
    queryFn: () =>
      kubernetes.get<V1VirtualMachine>(RESOURCES.virtualMachines, { namespace, name }),
  })
  const trail = useQuery({
    queryKey: [
      'activity',
      'trail',
      namespace,
      name,
      resourceVersion,
      instance?.metadata?.resourceVersion,
    ],
    placeholderData: keepPreviousData,
    queryFn: () => {
      const query = new URLSearchParams({ namespace, name })
      const path = `${privateRoutes.audit}?${query.toString()}`
      return requestJson(path, { parse: auditAnswer.parse })
    },
  })

  const entries = useMemo(
    () =>
      activityOf({
        virtualMachine: {
          ...virtualMachine,
          metadata: {
            ...virtualMachine.metadata,
            managedFields: whole.data?.metadata?.managedFields ?? [],
          },
        },
        instance,
        events: events.data?.rows.map(({ object }) => object as unknown as IoK8sApiCoreV1Event),
        migrations: migrations.data?.rows
          .map(({ object }) => object as unknown as V1VirtualMachineInstanceMigration)
          .filter(({ spec }) => spec.vmiName === name),
        writes: trail.data?.writes,
        consoles: trail.data?.consoles,
      }),
    [virtualMachine, instance, name, events.data, migrations.data, whole.data, trail.data],
  )
  return { entries, isLoading: events.state === 'loading' || whole.isPending }
}
