import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCrumbs } from './route-handle.ts'

/** The browser's title: the innermost crumb first, as tabs show only its beginning. */
export function usePageTitle(): void {
  const { t } = useTranslation()
  const labels = useCrumbs(t).map(({ label }) => label)
  const title = [...labels.toReversed(), t('common.product')].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
