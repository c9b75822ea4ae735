import { Content } from '@patternfly/react-core'
import { disabledReason, isActionShown } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../feedback/confirmations.ts'
import { showToast } from '../../feedback/toasts.ts'
import { useAccess } from '../../live/use-access.ts'
import { useMutation } from '../../live/use-mutation.ts'
import type { VirtualMachineTarget } from '../virtual-machine/action.ts'
import type { InstanceAction } from './action.ts'
import { INSTANCE_ACTIONS } from './registry.ts'

const ACCESS_CHECKS = INSTANCE_ACTIONS.map(({ access }) => access)

/** Deleting has words of its own; the rest is said as of a VM's guest. */
const TEXTS = {
  softReboot: 'actions.softReboot',
  pause: 'actions.pause',
  unpause: 'actions.unpause',
  delete: 'virtualMachineInstance.delete',
} as const

/** All actions on one VMI with what the user and its state allow. */
export function useInstanceActions(target: VirtualMachineTarget) {
  const { t } = useTranslation()
  const { namespace, name } = target
  const access = useAccess(ACCESS_CHECKS.map((check) => ({ ...check, namespace })))
  const { mutate } = useMutation({
    run: (action: InstanceAction) => action.run(target),
    onSuccess: (_result, action) =>
      showToast({ variant: 'success', title: t(`${TEXTS[action.name]}.done`, { name }) }),
    failureTitle: (action) => t(`${TEXTS[action.name]}.failed`, { name }),
  })

  const whyNot = (action: InstanceAction, allowed: boolean | undefined) => {
    if (allowed === undefined) return t('actions.checkingPermission')
    if (!allowed) return t('actions.noPermission', { namespace })
    const reason = disabledReason(action.name, target)
    return reason && t(`actions.disabled.${reason}`)
  }
  const confirmAndRun = async (action: InstanceAction) => {
    const confirmed = await confirm({
      title: t(`${TEXTS[action.name]}.title`, { name }),
      body: (
        <Content>
          <p>{t(`${TEXTS[action.name]}.question`, { name, namespace })}</p>
        </Content>
      ),
      confirmLabel: t(`${TEXTS[action.name]}.label`),
      danger: action.isDanger ?? false,
    })
    if (confirmed) mutate(action)
  }
  return INSTANCE_ACTIONS.flatMap((action, index) => {
    if (!isActionShown(action.name, target)) return []
    const { name: actionName, icon, isDanger = false } = action
    return [
      {
        name: actionName,
        label: t(`${TEXTS[actionName]}.label`),
        icon,
        isDanger,
        disabledReason: whyNot(action, access[index]?.allowed),
        onSelect: () => void confirmAndRun(action),
      },
    ]
  })
}
