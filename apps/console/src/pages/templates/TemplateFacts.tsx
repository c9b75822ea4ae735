import { Label } from '@patternfly/react-core'
import {
  isBaseTemplate,
  operatingSystemTitle,
  templateLabels,
  type Template,
} from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'

/** What the labels of a template say that it is for, in words. */
interface FactProps {
  template: Template
}

export const OperatingSystems = ({ template }: FactProps) =>
  templateLabels(template, 'operatingSystem')
    .map((id) => operatingSystemTitle(template, id))
    .join(', ')

const WORKLOADS = ['server', 'desktop', 'highperformance'] as const

export function Workloads({ template }: FactProps) {
  const { t } = useTranslation()
  const words = templateLabels(template, 'workload').map((id) => {
    const known = WORKLOADS.find((workload) => workload === id)
    return known ? t(`template.workload.${known}`) : id
  })
  return words.join(', ')
}

const FLAVORS = ['tiny', 'small', 'medium', 'large', 'custom'] as const

export function Flavors({ template }: FactProps) {
  const { t } = useTranslation()
  const words = templateLabels(template, 'flavor').map((id) => {
    const known = FLAVORS.find((flavor) => flavor === id)
    return known ? t(`template.flavor.${known}`) : id
  })
  return words.join(', ')
}

export function TemplateType({ template }: FactProps) {
  const { t } = useTranslation()
  return isBaseTemplate(template) ? (
    <Label isCompact color="blue">
      {t('template.type.base')}
    </Label>
  ) : (
    <Label isCompact>{t('template.type.vm')}</Label>
  )
}
