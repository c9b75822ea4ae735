import { useTranslation } from 'react-i18next'
import { useAccess } from '../../../live/use-access.ts'
import type { RequestAction, VirtualMachineTarget } from '../action.ts'
import { VIRTUAL_MACHINE_ACTIONS } from '../registry.ts'
import { whyDisabled } from '../use-virtual-machine-actions.tsx'

/** An action on several VMs at once. */
export interface BulkAction {
  action: RequestAction
  /** Those that it can be done to now. */
  targets: readonly VirtualMachineTarget[]
  /** The others, each with the reason. */
  skipped: readonly { target: VirtualMachineTarget; reason: string }[]
}

const ACTIONS = VIRTUAL_MACHINE_ACTIONS.filter(
  (action): action is RequestAction => action.kind === 'request',
)

/** What can be done to how many of these VMs, by their states and the user's rights. */
export function useBulkActions(rows: readonly VirtualMachineTarget[]): BulkAction[] {
  const { t } = useTranslation()
  const namespaces = [...new Set(rows.map(({ namespace }) => namespace))]
  const answers = useAccess(
    namespaces.flatMap((namespace) => ACTIONS.map(({ access }) => ({ ...access, namespace }))),
  )
  return ACTIONS.map((action, index) => {
    const targets: VirtualMachineTarget[] = []
    const skipped: { target: VirtualMachineTarget; reason: string }[] = []
    for (const target of rows) {
      const access = answers[namespaces.indexOf(target.namespace) * ACTIONS.length + index]
      const reason = whyDisabled(t, { action, target, access })
      if (reason === undefined) targets.push(target)
      else skipped.push({ target, reason })
    }
    return { action, targets, skipped }
  })
}
