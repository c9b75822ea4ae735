import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import type { TemplateParameter } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import type { Column } from '../../table/column.ts'
import { DataTable } from '../../table/DataTable.tsx'

const columns: readonly Column<TemplateParameter & { key: string }>[] = [
  { id: 'name', label: 'table.columns.name', cell: ({ name }) => name },
  {
    id: 'value',
    label: 'template.parameters.value',
    cell: (parameter) => <Value {...parameter} />,
  },
  {
    id: 'required',
    label: 'template.parameters.required',
    cell: ({ required }) => <YesOrNo isTrue={required === true} />,
  },
  {
    id: 'description',
    label: 'template.parameters.description',
    cell: ({ description, displayName }) => description ?? displayName,
  },
]

export function ParametersCard({ parameters }: { parameters: readonly TemplateParameter[] }) {
  const { t } = useTranslation()
  return (
    <Card>
      <CardTitle component="h2">{t('template.parameters.title')}</CardTitle>
      <CardBody>
        {parameters.length === 0 ? (
          t('template.parameters.none')
        ) : (
          <DataTable
            label={t('template.parameters.title')}
            columns={columns}
            rows={parameters.map((parameter) => ({ key: parameter.name, ...parameter }))}
          />
        )}
      </CardBody>
    </Card>
  )
}

function Value({ value, generate, from }: TemplateParameter) {
  const { t } = useTranslation()
  if (value) return value
  return generate ? t('template.parameters.generated', { pattern: from }) : null
}

function YesOrNo({ isTrue }: { isTrue: boolean }) {
  const { t } = useTranslation()
  return t(isTrue ? 'template.parameters.yes' : 'template.parameters.no')
}
