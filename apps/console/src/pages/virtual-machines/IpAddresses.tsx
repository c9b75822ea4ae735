import { Tooltip } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** The first address, and how many more there are. */
export function IpAddresses({ addresses }: { addresses: readonly string[] }) {
  const { t } = useTranslation()
  const [first, ...others] = addresses
  if (first === undefined) return null
  if (others.length === 0) return first
  return (
    <Tooltip content={addresses.join(', ')}>
      <span tabIndex={0}>
        {t('virtualMachine.moreAddresses', { first, count: others.length })}
      </span>
    </Tooltip>
  )
}
