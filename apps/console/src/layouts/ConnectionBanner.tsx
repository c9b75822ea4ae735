import { Banner, Button, Flex, Spinner } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useLiveConnection } from '../live/LiveProvider.tsx'

/** Says that what is on the page may be out of date, and lets nobody wait for the back-off. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const { state, retryNow } = useLiveConnection()
  return (
    <output>
      {state === 'reconnecting' && (
        <Banner status="warning" screenReaderText={t('shell.warning')}>
          <Flex
            justifyContent={{ default: 'justifyContentCenter' }}
            alignItems={{ default: 'alignItemsCenter' }}
            gap={{ default: 'gapSm' }}
          >
            <Spinner size="sm" aria-hidden />
            {t('shell.reconnecting')}
            <Button variant="link" isInline onClick={retryNow}>
              {t('shell.retryNow')}
            </Button>
          </Flex>
        </Banner>
      )}
    </output>
  )
}
