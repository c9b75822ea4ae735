import {
  toTemplate,
  type ManifestOptions,
  type VirtualMachineCreateValues,
} from '@virtdeck/kubevirt'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { ObjectOutcome } from '../virtual-machine-create/create-together.ts'
import { useSubmit } from '../virtual-machine-create/use-submit.ts'
import { useWizard } from '../virtual-machine-create/use-wizard.ts'
import { VirtualMachineWizard } from '../virtual-machine-create/VirtualMachineWizard.tsx'
import { TemplateCreationResult } from './TemplateCreationResult.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => [
    { label: t('resources.templates.title'), to: paths.templates() },
    { label: t('template.create.title'), to: paths.templateCreate() },
  ],
}

const toObjects = (values: VirtualMachineCreateValues, options: ManifestOptions) => [
  toTemplate(values, options),
]

/** F-60: a template is made like a VM, and stays one until somebody makes VMs of it. */
export default function TemplateCreatePage() {
  const { t } = useTranslation()
  const wizard = useWizard('template', toObjects)
  const [created, setCreated] = useState<readonly ObjectOutcome[]>()
  const submit = useSubmit(wizard, setCreated)
  if (created) {
    return <TemplateCreationResult outcomes={created} onAgain={() => setCreated(undefined)} />
  }
  return (
    <VirtualMachineWizard title={t('template.create.title')} wizard={wizard} submit={submit} />
  )
}
