import type { V1VirtualMachine } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { ObjectsQuery } from '@virtdeck/bff-contract'
import { RESOURCES } from '@virtdeck/kubernetes'
import { useLiveQuery } from '../../../live/use-live-query.ts'

interface Claim {
  metadata?: { name?: string }
  spec?: { storageClassName?: string }
  status?: { capacity?: Record<string, string> }
}

/** The claims of a VM's project by name; none where they may not be read. */
export function useClaims({ metadata }: V1VirtualMachine): Map<string, Claim> {
  const { group, version, resource } = RESOURCES.persistentVolumeClaims
  const { data } = useLiveQuery<ObjectsQuery>({
    kind: 'objects',
    group,
    version,
    resource,
    namespace: metadata?.namespace ?? '',
    sort: { column: 'created', direction: 'descending' },
    offset: 0,
    limit: 200,
  })
  const claims = (data?.rows ?? []).map(({ object }) => object as unknown as Claim)
  return new Map(claims.map((claim) => [claim.metadata?.name ?? '', claim]))
}
