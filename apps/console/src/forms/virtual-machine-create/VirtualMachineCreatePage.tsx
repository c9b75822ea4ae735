import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteHandle } from '../../layouts/route-handle.ts'
import { paths } from '../../paths.ts'
import type { ObjectOutcome } from './create-together.ts'
import { CreationResult } from './CreationResult.tsx'
import { useSubmit } from './use-submit.ts'
import { useWizard } from './use-wizard.ts'
import { VirtualMachineWizard } from './VirtualMachineWizard.tsx'

export const handle: RouteHandle = {
  crumb: ({ t }) => [
    { label: t('virtualMachine.list.title'), to: paths.virtualMachines() },
    { label: t('wizard.title'), to: paths.virtualMachineCreate() },
  ],
}

export default function VirtualMachineCreatePage() {
  const { t } = useTranslation()
  const wizard = useWizard()
  const [created, setCreated] = useState<readonly ObjectOutcome[]>()
  const submit = useSubmit(wizard, setCreated)
  if (created)
    return <CreationResult outcomes={created} onAgain={() => setCreated(undefined)} />
  return <VirtualMachineWizard title={t('wizard.title')} wizard={wizard} submit={submit} />
}
