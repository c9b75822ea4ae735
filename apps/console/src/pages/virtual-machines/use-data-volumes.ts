import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import type { DataVolume, VirtualMachine } from '@virtdeck/kubevirt'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** The DataVolumes that are made for a VM, live. */
export function useDataVolumes({ metadata, spec }: VirtualMachine): DataVolume[] {
  const { group, version, resource } = RESOURCES.dataVolumes
  const names = spec.dataVolumeTemplates?.map((template) => template.metadata?.name) ?? []
  const { data } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace: metadata?.namespace ?? '',
    // One that is alone is found by its name; several have the VM's name in common.
    search: (names.length === 1 ? names[0] : metadata?.name) ?? '',
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: 200,
  })
  const dataVolumes = (data?.rows ?? []).map(({ object }) => object as unknown as DataVolume)
  return dataVolumes.filter((dataVolume) => names.includes(dataVolume.metadata?.name))
}
