import { RESOURCES } from '@virtdeck/kubernetes'
import { quickCreate } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { showToast } from '../../feedback/toasts.ts'
import { CheckboxField } from '../../forms/fields/CheckboxField.tsx'
import { loadTemplate } from '../../forms/virtual-machine-create/load-template.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { paths } from '../../paths.ts'
import type { TemplateDialogProps } from './CloneDialog.tsx'
import { NameDialog } from './NameDialog.tsx'

/** F-60: a VM from a template with nothing but a name. */
export function QuickCreateDialog({ template, project, onClose }: TemplateDialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { namespace: from = '', name: templateName = '' } = template.metadata ?? {}
  return (
    <NameDialog
      title={t('template.actions.quickCreate.title', { name: templateName })}
      question={t('template.actions.quickCreate.question')}
      confirmLabel={t('template.actions.quickCreate.confirm')}
      project={project}
      onClose={onClose}
      run={async (values) => {
        const { base } = await loadTemplate(`${from}/${templateName}`, values.namespace)
        return kubernetes.create(RESOURCES.virtualMachines, quickCreate(base, values))
      }}
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
