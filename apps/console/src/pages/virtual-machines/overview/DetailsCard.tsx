import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { effectiveRunStrategy } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../../paths.ts'
import { DetailsList } from '../../../ui/DetailsList.tsx'
import { KeyValueLabels } from '../../../ui/KeyValueLabels.tsx'
import { Timestamp } from '../../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machine-context.ts'

/** What the VM is: its definition in words. */
export function DetailsCard({ virtualMachine }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { metadata = {} } = virtualMachine
  const { namespace, annotations, labels } = metadata
  const owner = metadata.ownerReferences?.[0]
  const template = templateOf(labels)
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.details.title')}</CardTitle>
      <CardBody>
        <DetailsList
          details={[
            { term: t('table.columns.name'), value: metadata.name },
            {
              term: t('table.columns.namespace'),
              value: <Link to={paths.virtualMachines({ namespace })}>{namespace}</Link>,
            },
            {
              term: t('virtualMachine.details.description'),
              value: annotations?.['description'] ?? t('common.none'),
            },
            {
              term: t('virtualMachine.details.labels'),
              value: (
                <KeyValueLabels label={t('virtualMachine.details.labels')} values={labels} />
              ),
            },
            {
              term: t('virtualMachine.details.annotations'),
              value: (
                <KeyValueLabels
                  label={t('virtualMachine.details.annotations')}
                  values={withoutNoise(annotations)}
                />
              ),
            },
            {
              term: t('table.columns.created'),
              value: <Timestamp time={metadata.creationTimestamp} />,
            },
            {
              term: t('virtualMachine.details.owner'),
              value: owner ? `${owner.kind} ${owner.name}` : t('common.none'),
            },
            {
              term: t('overview.details.template'),
              value: template ? (
                <Link to={paths.template(template)}>{template.name}</Link>
              ) : (
                t('common.none')
              ),
            },
            {
              term: t('virtualMachine.details.runStrategy'),
              value: effectiveRunStrategy(virtualMachine),
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

/** The description has a line of its own; kubectl's copy of the manifest is in the YAML. */
const NOISE = new Set(['description', 'kubectl.kubernetes.io/last-applied-configuration'])

const withoutNoise = (annotations: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(annotations).filter(([key]) => !NOISE.has(key)))

/** The template that the VM was made from, as its labels say. */
function templateOf(labels: Record<string, string> = {}) {
  const name = labels['vm.kubevirt.io/template']
  const namespace = labels['vm.kubevirt.io/template.namespace']
  return name && namespace ? { name, namespace } : undefined
}
