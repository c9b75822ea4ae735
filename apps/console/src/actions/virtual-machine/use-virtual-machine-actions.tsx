import { disabledReason } from '@virtdeck/kubevirt'
import { Content } from '@patternfly/react-core'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { confirm } from '../../feedback/confirmations.ts'
import { showToast } from '../../feedback/toasts.ts'
import { useAccess } from '../../live/use-access.ts'
import { useMutation } from '../../live/use-mutation.ts'
import type { VirtualMachineAction, VirtualMachineTarget } from './action.ts'
import { VIRTUAL_MACHINE_ACTIONS } from './registry.ts'

export interface OfferedAction {
  name: VirtualMachineAction['name']
  label: string
  icon: ComponentType
  isDanger: boolean
  /** Why it cannot be done, in words; undefined if it can. */
  disabledReason: string | undefined
  /** Asks for confirmation and does it. */
  onSelect: () => void
  /** Does it without asking, where the page has said already what is going to happen. */
  run: () => void
}

const ACCESS_CHECKS = VIRTUAL_MACHINE_ACTIONS.map(({ access }) => access)

/** All actions on one VM with what the user and its state allow. */
export function useVirtualMachineActions(target: VirtualMachineTarget): OfferedAction[] {
  const { t } = useTranslation()
  const { namespace } = target
  const access = useAccess(ACCESS_CHECKS.map((check) => ({ ...check, namespace })))
  const { run, confirmAndRun } = useRunAction(target)

  return VIRTUAL_MACHINE_ACTIONS.map((action, index): OfferedAction => {
    const { name, icon, isDanger = false } = action
    const { allowed } = access[index] ?? {}
    const reason = disabledReason(name, target)
    const why = () => {
      if (allowed === undefined) return t('actions.checkingPermission')
      if (!allowed) return t('actions.noPermission', { namespace })
      return reason && t(`actions.disabled.${reason}`, { runStrategy: target.runStrategy })
    }
    return {
      name,
      label: t(`actions.${name}.label`),
      icon,
      isDanger,
      disabledReason: why(),
      onSelect: () => void confirmAndRun(action),
      run: () => run(action),
    }
  })
}

function useRunAction(target: VirtualMachineTarget) {
  const { t } = useTranslation()
  const { name } = target
  const { mutate } = useMutation({
    run: async (action: VirtualMachineAction) => {
      await action.run(target)
    },
    onSuccess: (_result, action) =>
      showToast({ variant: 'success', title: t(`actions.${action.name}.done`, { name }) }),
    failureTitle: (action) => t(`actions.${action.name}.failed`, { name }),
    explain: (error, action) => action.explain?.(error, { target, t }),
  })
  const confirmAndRun = async (action: VirtualMachineAction) => {
    const details = action.details?.(target)
    const confirmed = await confirm({
      title: t(`actions.${action.name}.title`, { name }),
      body: (
        <Content>
          <p>{t(`actions.${action.name}.question`, { name, namespace: target.namespace })}</p>
          {details}
        </Content>
      ),
      confirmLabel: t(`actions.${action.name}.label`),
      danger: action.isDanger ?? false,
    })
    if (confirmed) mutate(action)
  }
  return { run: (action: VirtualMachineAction) => mutate(action), confirmAndRun }
}
