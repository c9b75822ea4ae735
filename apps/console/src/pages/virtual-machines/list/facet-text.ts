import { POD_NETWORK_NAME, type VirtualMachineFacet } from '@virtdeck/bff-contract'
import { useTranslation } from 'react-i18next'
import { VIRTUAL_MACHINE_STATUSES } from '../virtual-machine-statuses.ts'

/** What the value of a facet is called on the screen. */
export function useFacetText(): (facet: VirtualMachineFacet, value: string) => string {
  const { t } = useTranslation()
  return (facet, value) => {
    if (facet === 'status') {
      const look = VIRTUAL_MACHINE_STATUSES[value]
      return look ? t(look.label) : value
    }
    if (facet === 'network' && value === POD_NETWORK_NAME) {
      return t('virtualMachine.networks.pod')
    }
    return value
  }
}
