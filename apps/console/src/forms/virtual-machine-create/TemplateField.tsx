import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import {
  FLAVORS,
  templateLabels,
  templateTitle,
  virtualMachineOf,
  WORKLOADS,
  type Preset,
  type Template,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import { useFormContext } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useListReason } from '../fields/form-problems.ts'
import { mergeLists } from '../fields/merge-lists.ts'
import { SearchSelectField, type SearchChoice } from '../fields/SearchSelectField.tsx'
import { TextField } from '../fields/TextField.tsx'
import { useListedObjects } from '../fields/use-listed-objects.ts'
import { useWizardState } from './wizard-context.ts'

/** Where OpenShift keeps the templates that everybody may read. */
const SHARED_NAMESPACE = 'openshift'

const PROFILES = ['generic', 'desktop', 'highPerformance'] as const
const FLAVOR_NAMES = Object.keys(FLAVORS) as Preset[]

const OWN = 'template.kubevirt.io/type!=base'
const BASE = 'template.kubevirt.io/type=base'

const referenceOf = ({ metadata }: KubernetesObject): string =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`

/** F-10: the template that fills the other fields; own ones first, then the cluster's. */
export function TemplateField() {
  const { t } = useTranslation()
  const reason = useListReason()
  const { watch } = useFormContext<VirtualMachineCreateValues>()
  const { template } = useWizardState()
  const reference = watch('general.template')
  const own = useListedObjects(RESOURCES.templates, undefined, OWN)
  const everywhere = useListedObjects(RESOURCES.templates, undefined, BASE)
  const shared = useListedObjects(RESOURCES.templates, SHARED_NAMESPACE, BASE)
  const base = mergeLists(everywhere, shared)
  const error = own.error && base.error
  const texts = { name: 'general.template', label: t('wizard.general.template') }
  if (error?.status === 404) return null
  if (error || own.isTruncated || base.isTruncated) {
    const references = [...own.objects, ...base.objects].map(referenceOf)
    const hint = t('wizard.general.templateTyped')
    return (
      <TextField
        {...texts}
        placeholder={t('wizard.general.templatePlaceholder')}
        hint={error ? `${hint} ${reason(error)}` : hint}
        suggestions={references}
        onChange={(typed) => {
          if (typed === '' || /^[^/]+\/[^/]+$/.test(typed)) void template.choose(typed)
        }}
      />
    )
  }
  return (
    <SearchSelectField
      {...texts}
      value={reference}
      hint={t(reference === '' ? 'wizard.general.templateHint' : 'wizard.general.templateKept')}
      placeholder={t('wizard.general.noTemplate')}
      onChoose={(chosen) => void template.choose(chosen)}
      onClear={() => void template.choose('')}
      groups={[
        { label: t('wizard.general.ownTemplates'), choices: choicesOf(own.objects, t) },
        { label: t('wizard.general.baseTemplates'), choices: choicesOf(base.objects, t) },
      ]}
    />
  )
}

/** Each once, for some are in both lists; those without a VM are of no use here. */
function choicesOf(objects: readonly KubernetesObject[], t: TFunction): SearchChoice[] {
  const templates = new Map(objects.map((object) => [referenceOf(object), object as Template]))
  return [...templates]
    .filter(([, template]) => virtualMachineOf(template) !== undefined)
    .map(([value, template]) => ({ value, label: labelOf(template, t), description: value }))
}

/** Common templates of one system have the same title; what they are for tells them apart. */
function labelOf(template: Template, t: TFunction): string {
  const workloads = templateLabels(template, 'workload')
  const profiles = PROFILES.filter((profile) => workloads.includes(WORKLOADS[profile]))
  const sizes = templateLabels(template, 'flavor')
  const flavors = FLAVOR_NAMES.filter((flavor) => sizes.includes(flavor))
  const uses = [
    ...profiles.map((profile) => t(`wizard.profile.${profile}`)),
    ...flavors.map((flavor) => t(`wizard.flavor.${flavor}`)),
  ]
  const title = templateTitle(template)
  return uses.length === 0
    ? title
    : t('wizard.general.templateFor', { title, uses: uses.join(', ') })
}
