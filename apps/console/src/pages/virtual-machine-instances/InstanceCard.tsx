import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths.ts'
import { DetailsList } from '../../ui/DetailsList.tsx'
import { KeyValueLabels } from '../../ui/KeyValueLabels.tsx'
import { Timestamp } from '../../ui/Timestamp.tsx'
import type { VirtualMachineContext } from '../virtual-machines/virtual-machine-context.ts'

/** What the VMI is; what a VM would add is left out. */
export function InstanceCard({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { metadata = {} } = virtualMachine
  const { namespace, annotations, labels } = metadata
  const owner = metadata.ownerReferences?.[0]
  return (
    <Card>
      <CardTitle component="h2">{t('virtualMachine.details.title')}</CardTitle>
      <CardBody>
        <DetailsList
          details={[
            { term: t('table.columns.name'), value: metadata.name },
            {
              term: t('table.columns.namespace'),
              value: <Link to={paths.virtualMachineInstances({ namespace })}>{namespace}</Link>,
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
              term: t('virtualMachineInstance.machine'),
              value: instance?.status?.machine?.type,
            },
          ]}
        />
      </CardBody>
    </Card>
  )
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** kubectl's copy of the manifest is in the YAML. */
const withoutNoise = (annotations: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(annotations).filter(([key]) => key !== LAST_APPLIED))
