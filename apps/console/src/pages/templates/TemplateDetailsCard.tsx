import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { templateProvider, type Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { DetailsList } from '../../ui/DetailsList.tsx'
import { KeyValueLabels } from '../../ui/KeyValueLabels.tsx'
import { Timestamp } from '../../ui/Timestamp.tsx'

export function TemplateDetailsCard({ template }: { template: Template }) {
  const { t } = useTranslation()
  const { name, namespace, annotations, labels, creationTimestamp } = template.metadata ?? {}
  const labelsTitle = t('virtualMachine.details.labels')
  return (
    <Card isFullHeight>
      <CardTitle component="h2">{t('template.details.title')}</CardTitle>
      <CardBody>
        <DetailsList
          details={[
            { term: t('table.columns.name'), value: name },
            {
              term: t('wizard.general.displayName'),
              value: annotations?.['openshift.io/display-name'] ?? t('common.none'),
            },
            {
              term: t('wizard.general.provider'),
              value: templateProvider(template) ?? t('common.none'),
            },
            {
              term: t('table.columns.namespace'),
              value: <Link to={paths.templates({ namespace })}>{namespace}</Link>,
            },
            {
              term: t('virtualMachine.details.description'),
              value: annotations?.['description'] ?? t('common.none'),
            },
            {
              term: labelsTitle,
              value: <KeyValueLabels label={labelsTitle} values={labels} />,
            },
            {
              term: t('table.columns.created'),
              value: <Timestamp time={creationTimestamp} />,
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}
