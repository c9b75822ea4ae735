import { isBaseTemplate, type Template } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useAccess } from '../../live/use-access.ts'

/** Why a template cannot be changed; undefined if it can. */
export function useEditRefusal(template: Template): string | undefined {
  const { t } = useTranslation()
  const { namespace = '', name = '' } = template.metadata ?? {}
  const [access] = useAccess([
    { verb: 'update', group: 'template.openshift.io', resource: 'templates', namespace, name },
  ])
  if (access?.allowed === undefined) return t('actions.checkingPermission')
  if (access.allowed) return undefined
  return isBaseTemplate(template)
    ? t('template.devices.base')
    : t('actions.noPermission', { namespace })
}
