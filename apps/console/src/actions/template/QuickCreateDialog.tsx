import { besideVirtualMachine, parametersToAsk, quickCreate } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { showToast } from '../../feedback/toasts.ts'
import { CheckboxField } from '../../forms/fields/CheckboxField.tsx'
import {
  createTogether,
  isAllCreated,
} from '../../forms/virtual-machine-create/create-together.ts'
import { loadTemplate } from '../../forms/virtual-machine-create/load-template.ts'
import { firstError } from '../../forms/virtual-machine-create/use-submit.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { paths } from '../../paths.ts'
import type { TemplateDialogProps } from './CloneDialog.tsx'
import { CREATE_VIRTUAL_MACHINE } from './creation-access.ts'
import { NameDialog, type NamedValues } from './NameDialog.tsx'

/** F-60: a VM from a template with nothing but a name, and what only a person can know. */
export function QuickCreateDialog({ template, project, onClose }: TemplateDialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { namespace: from = '', name: templateName = '' } = template.metadata ?? {}
  const asked = parametersToAsk(template)
  const create = async (values: NamedValues) => {
    const reference = `${from}/${templateName}`
    const { base, objects } = await loadTemplate(reference, values.namespace, values.parameters)
    const outcomes = await createTogether(
      {
        objects: [...besideVirtualMachine(objects, values), quickCreate(base, values)],
        leftovers: [],
      },
      kubernetes,
    )
    const made = outcomes.at(-1)?.object
    if (!made || !isAllCreated(outcomes)) throw firstError(outcomes)
    return made
  }
  return (
    <NameDialog
      title={t('template.actions.quickCreate.title', { name: templateName })}
      question={t(
        asked.length > 0
          ? 'template.actions.quickCreate.questionWithValues'
          : 'template.actions.quickCreate.question',
      )}
      confirmLabel={t('template.actions.quickCreate.confirm')}
      project={project}
      creates={CREATE_VIRTUAL_MACHINE}
      asked={asked}
      onClose={onClose}
      run={create}
      onDone={({ metadata: { namespace = '', name = '' } = {} }) => {
        showToast({
          variant: 'success',
          title: t('template.actions.quickCreate.done', { name }),
        })
        onClose()
        void navigate(paths.virtualMachine({ namespace, name }))
      }}
    >
      <CheckboxField name="start" label={t('template.form.start')} />
    </NameDialog>
  )
}
