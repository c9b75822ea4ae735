import { RESOURCES } from '@virtdeck/kubernetes'
import { copyTemplate, type Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { showToast } from '../../feedback/toasts.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { paths } from '../../paths.ts'
import { CREATE_TEMPLATE } from './creation-access.ts'
import { NameDialog } from './NameDialog.tsx'

export interface TemplateDialogProps {
  template: Template
  project: string | undefined
  onClose: () => void
}

export function CloneDialog({ template, project, onClose }: TemplateDialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const original = template.metadata?.name ?? ''
  return (
    <NameDialog
      title={t('template.actions.clone.title', { name: original })}
      question={t('template.actions.clone.question')}
      confirmLabel={t('template.actions.clone.confirm')}
      project={project}
      creates={CREATE_TEMPLATE}
      onClose={onClose}
      run={(target) => kubernetes.create(RESOURCES.templates, copyTemplate(template, target))}
      onDone={({ metadata: { namespace = '', name = '' } = {} }) => {
        showToast({
          variant: 'success',
          title: t('template.actions.clone.done', { name: original }),
        })
        onClose()
        void navigate(paths.template({ namespace, name }))
      }}
    />
  )
}
