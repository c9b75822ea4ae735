import { Button, Tooltip } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

/** The first address, and how many more there are. */
export function IpAddresses({ addresses }: { addresses: readonly string[] }) {
  const { t } = useTranslation()
  const [first, ...others] = addresses
  if (first === undefined) return null
  if (others.length === 0) return first
  return (
    <Tooltip content={addresses.join(', ')}>
      <Button variant="plain" hasNoPadding>
        {t('virtualMachine.moreAddresses', { first, count: others.length })}
      </Button>
    </Tooltip>
  )
}
