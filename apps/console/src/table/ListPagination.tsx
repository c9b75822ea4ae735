import { Pagination } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { PER_PAGE_OPTIONS, type ListParameters } from './list-parameters.ts'

interface ListPaginationProps {
  variant: 'top' | 'bottom'
  total: number
  parameters: Pick<ListParameters, 'page' | 'perPage'>
  onChange: (change: Partial<ListParameters>) => void
}

export function ListPagination({ variant, total, parameters, onChange }: ListPaginationProps) {
  const { t } = useTranslation()
  const { page, perPage } = parameters
  return (
    <Pagination
      variant={variant}
      isCompact={variant === 'top'}
      isStatic
      itemCount={total}
      page={page}
      perPage={perPage}
      perPageOptions={PER_PAGE_OPTIONS.map((value) => ({ value, title: String(value) }))}
      onSetPage={(_event, next) => onChange({ page: next })}
      onPerPageSelect={(_event, next) => onChange({ perPage: next })}
      titles={{
        items: '',
        ofWord: t('table.pagination.of'),
        itemsPerPage: t('table.pagination.itemsPerPage'),
        perPageSuffix: t('table.pagination.perPageSuffix'),
        paginationAriaLabel: t(`table.pagination.label.${variant}`),
        toFirstPageAriaLabel: t('table.pagination.first'),
        toPreviousPageAriaLabel: t('table.pagination.previous'),
        toNextPageAriaLabel: t('table.pagination.next'),
        toLastPageAriaLabel: t('table.pagination.last'),
        currPageAriaLabel: t('table.pagination.current'),
      }}
    />
  )
}
