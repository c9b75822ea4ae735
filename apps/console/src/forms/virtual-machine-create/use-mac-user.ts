import type { VirtualMachinesQuery } from '@virtdeck/bff-contract'
import { macAddressFindings, type NicValues } from '@virtdeck/kubevirt'
import { useLiveQuery } from '../../live/use-live-query.ts'

/** No name and no address has blanks: a query that nothing matches. */
const NOTHING = '\n'

/** F-54: `namespace/name` of a VM that has a NIC's address already, as far as the user sees. */
export function useMacUser(
  { macAddress }: Pick<NicValues, 'macAddress'>,
  /** `namespace/name` of the VM that the NIC is of. */
  owner?: string,
): string | undefined {
  const address = macAddress.trim().toLowerCase().replaceAll('-', ':')
  const isComplete = address !== '' && macAddressFindings(macAddress).length === 0
  const { data, state } = useLiveQuery<VirtualMachinesQuery>({
    kind: 'virtualMachines',
    search: isComplete ? address : NOTHING,
    sort: { column: 'name', direction: 'ascending' },
    offset: 0,
    limit: 2,
  })
  if (!isComplete || state !== 'ready') return undefined
  const user = data?.rows.find(
    ({ key, macAddresses }) => key !== owner && macAddresses.includes(address),
  )
  return user?.key
}
