import { Content, Stack } from '@patternfly/react-core'
import { commandOf, disabledReason, isActionShown } from '@virtdeck/kubevirt'
import type { TFunction } from 'i18next'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { confirm } from '../../feedback/confirmations.ts'
import { openDialog } from '../../feedback/dialogs.ts'
import { showToast } from '../../feedback/toasts.ts'
import { useAccess, type Access } from '../../live/use-access.ts'
import { useMutation } from '../../live/use-mutation.ts'
import { Command } from '../../ui/Command.tsx'
import type {
  ActionDialogProps,
  RequestAction,
  VirtualMachineAction,
  VirtualMachineTarget,
} from './action.ts'
import { VIRTUAL_MACHINE_ACTIONS } from './registry.ts'

export interface OfferedAction {
  name: VirtualMachineAction['name']
  group: VirtualMachineAction['group']
  label: string
  icon: ComponentType
  isDanger: boolean
  /** Why it cannot be done, in words; undefined if it can. */
  disabledReason: string | undefined
  /** Asks for confirmation, or opens the dialog, and does it. */
  onSelect: () => void
  /** Does it without asking, where the page has said already what is going to happen. */
  run: () => void
}

const ACCESS_CHECKS = VIRTUAL_MACHINE_ACTIONS.map(({ access }) => access)

/** All actions on one VM with what the user and its state allow. */
export function useVirtualMachineActions(target: VirtualMachineTarget): OfferedAction[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { namespace } = target
  const access = useAccess(ACCESS_CHECKS.map((check) => ({ ...check, namespace })))
  const { run, confirmAndRun } = useRunAction(target)

  const open = (Dialog: ComponentType<ActionDialogProps>) =>
    openDialog((onClose) => <Dialog target={target} onClose={onClose} />)
  const select = (action: VirtualMachineAction) => {
    switch (action.kind) {
      case 'request':
        if (action.Dialog) return open(action.Dialog)
        return void confirmAndRun(action)
      case 'dialog':
        return open(action.Dialog)
      case 'immediate':
        return void action.perform({ target, t, navigate })
      default:
        return action satisfies never
    }
  }
  return VIRTUAL_MACHINE_ACTIONS.flatMap((action, index) => {
    const { name, group, icon, isDanger = false } = action
    if (!isActionShown(name, target)) return []
    const offered: OfferedAction = {
      name,
      group,
      label: t(`actions.${name}.label`),
      icon,
      isDanger,
      disabledReason: whyDisabled(t, { action, target, access: access[index] }),
      onSelect: () => select(action),
      run: () => (action.kind === 'request' ? run(action) : select(action)),
    }
    return [offered]
  })
}

interface WhyOptions {
  action: VirtualMachineAction
  target: VirtualMachineTarget
  access: Access | undefined
}

/** Why the action is not possible, in words: no right to do it, or not in this state. */
export function whyDisabled(
  t: TFunction,
  { action, target, access }: WhyOptions,
): string | undefined {
  const { namespace, runStrategy, migrationRefusal: refusal } = target
  if (access?.allowed === undefined) return t('actions.checkingPermission')
  if (!access.allowed) return t('actions.noPermission', { namespace })
  const reason = disabledReason(action.name, target)
  return reason && t(`actions.disabled.${reason}`, { runStrategy, refusal })
}

function useRunAction(target: VirtualMachineTarget) {
  const { t } = useTranslation()
  const { name } = target
  const { mutate } = useMutation({
    run: async (action: RequestAction) => {
      await action.run(target)
    },
    onSuccess: (_result, action) =>
      showToast({ variant: 'success', title: t(`actions.${action.name}.done`, { name }) }),
    failureTitle: (action) => t(`actions.${action.name}.failed`, { name }),
    explain: (error, action) => action.explain?.(error, { target, t }),
  })
  const confirmAndRun = async (action: RequestAction) => {
    const command = commandOf(action.name, target)
    const confirmed = await confirm({
      title: t(`actions.${action.name}.title`, { name }),
      body: (
        <Stack hasGutter>
          <Content>
            <p>{t(`actions.${action.name}.question`, { name, namespace: target.namespace })}</p>
          </Content>
          {command !== undefined && <Command command={command} />}
        </Stack>
      ),
      confirmLabel: t(`actions.${action.name}.label`),
      danger: action.isDanger ?? false,
    })
    if (confirmed) mutate(action)
  }
  return { run: (action: RequestAction) => mutate(action), confirmAndRun }
}
