import { useQuery } from '@tanstack/react-query'
import { privateRoutes } from '@virtdeck/bff-contract'
import { pathOf, type ResourceRef } from '@virtdeck/kubernetes'
import { virtualMachineNameFindings } from '@virtdeck/kubevirt'
import { useEffect, useState } from 'react'
import { request } from '../../live/request.ts'

const PAUSE_MS = 300

/** The value once nobody has changed it for a moment. */
function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** F-10: whether the project has such an object already; false while it is not known. */
export function useNameTaken(
  resource: ResourceRef,
  { namespace, name }: { namespace: string; name: string },
): boolean {
  const settled = useSettled(name)
  const isWorthAsking = namespace !== '' && virtualMachineNameFindings(settled).length === 0
  const { data } = useQuery({
    queryKey: ['name-taken', resource.resource, namespace, settled],
    enabled: isWorthAsking,
    staleTime: 5_000,
    retry: false,
    // A list of one, not the object: that it is missing is no failed request.
    queryFn: async ({ signal }) => {
      const query = new URLSearchParams({
        fieldSelector: `metadata.name=${settled}`,
        limit: '1',
      })
      const path = pathOf(resource, { namespace })
      const response = await request(`${privateRoutes.kubernetes}${path}?${query}`, { signal })
      const { items } = (await response.json()) as { items: unknown[] }
      return items.length > 0
    },
  })
  return isWorthAsking && settled === name && data === true
}
