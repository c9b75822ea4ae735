import { Button } from '@patternfly/react-core'
import { SearchIcon } from '@patternfly/react-icons'
import { useTranslation } from 'react-i18next'
import { EmptyContent } from '../ui/EmptyContent.tsx'

export function FilteredEmpty({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation()
  return (
    <EmptyContent
      icon={SearchIcon}
      title={t('table.filteredEmptyTitle')}
      actions={
        <Button variant="link" onClick={onClear}>
          {t('table.clearFilters')}
        </Button>
      }
    >
      {t('table.filteredEmptyBody')}
    </EmptyContent>
  )
}
