import { RESOURCES } from '@virtdeck/kubernetes'
import type { Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../feedback/confirmations.ts'
import { showToast } from '../../feedback/toasts.ts'
import { kubernetes } from '../../live/kubernetes.ts'
import { useMutation } from '../../live/use-mutation.ts'

/** Asks, and deletes a template. */
export function useDeleteTemplate({ metadata }: Template): () => Promise<void> {
  const { t } = useTranslation()
  const { namespace = '', name = '', uid } = metadata ?? {}
  const { mutate } = useMutation({
    run: () => kubernetes.remove(RESOURCES.templates, { namespace, name }, uid),
    onSuccess: () =>
      showToast({ variant: 'success', title: t('template.actions.delete.done', { name }) }),
    failureTitle: () => t('template.actions.delete.failed', { name }),
    explain: ({ status }) =>
      // Somebody else was faster.
      status === 404
        ? {
            variant: 'info',
            title: t('template.actions.delete.gone', { name }),
            description: undefined,
            requestId: undefined,
          }
        : undefined,
  })
  return async () => {
    const confirmed = await confirm({
      title: t('template.actions.delete.title', { name }),
      body: t('template.actions.delete.question', { name, namespace }),
      confirmLabel: t('template.actions.delete.label'),
      danger: true,
    })
    if (confirmed) mutate(undefined)
  }
}
