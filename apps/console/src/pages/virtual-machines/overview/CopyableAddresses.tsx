import { ClipboardCopy, List, ListItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

export function CopyableAddresses({ addresses }: { addresses: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <List isPlain>
      {addresses.map((address) => (
        <ListItem key={address}>
          <ClipboardCopy
            variant="inline-compact"
            hoverTip={t('common.copy')}
            clickTip={t('common.copied')}
            copyAriaLabel={t('common.copyValue', { value: address })}
          >
            {address}
          </ClipboardCopy>
        </ListItem>
      ))}
    </List>
  )
}
