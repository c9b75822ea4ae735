import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { bootSourceOf, virtualCpus } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { DetailsList } from '../../ui/DetailsList.tsx'
import { guestMemory } from '../virtual-machines/overview/resources-of.ts'
import type { TemplateContext } from './template-context.ts'
import { Flavors, OperatingSystems, Workloads } from './TemplateFacts.tsx'

/** What the VMs of a template are like. */
export function TemplateMachineCard({ template, virtualMachine }: TemplateContext) {
  const { t } = useTranslation()
  const spec = virtualMachine?.spec.template.spec
  return (
    <Card isFullHeight>
      <CardTitle component="h2">{t('template.details.virtualMachine')}</CardTitle>
      <CardBody>
        {virtualMachine ? (
          <DetailsList
            details={[
              {
                term: t('template.columns.operatingSystem'),
                value: <OperatingSystems template={template} />,
              },
              {
                term: t('template.columns.workload'),
                value: <Workloads template={template} />,
              },
              { term: t('template.columns.flavor'), value: <Flavors template={template} /> },
              {
                term: t('virtualMachine.runtime.resources'),
                value: t('virtualMachine.runtime.cpuAndMemory', {
                  count: virtualCpus(spec),
                  memory: guestMemory(spec) ?? t('common.notAvailable'),
                }),
              },
              { term: t('template.details.bootSource'), value: bootSourceOf(virtualMachine) },
              {
                term: t('template.details.evictionStrategy'),
                value: evictionWords(t, spec?.evictionStrategy),
              },
            ]}
          />
        ) : (
          t('template.noVirtualMachine')
        )}
      </CardBody>
    </Card>
  )
}

/** F-74: what happens to running VMs when their node is emptied. */
function evictionWords(t: TFunction, strategy: string | undefined): string {
  switch (strategy) {
    case 'LiveMigrate':
    case 'LiveMigrateIfPossible':
    case 'External':
    case 'None':
      return `${strategy}: ${t(`template.eviction.${strategy}`)}`
    default:
      return strategy ?? t('template.eviction.cluster')
  }
}
