import { Alert, AlertActionLink, List, ListItem, Tooltip } from '@patternfly/react-core'
import { pendingOf, virtualMachineStateOf } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { useVirtualMachineActions } from '../../actions/virtual-machine/use-virtual-machine-actions.tsx'
import { pendingText } from './pending-text.ts'
import type { VirtualMachineContext } from './virtual-machine-context.ts'

/** As many as leave room for the page below. */
const SHOWN = 5

/** What waits for a restart, with Restart beside it; nothing where nothing waits. */
export function PendingChanges({ virtualMachine, instance }: VirtualMachineContext) {
  const { t } = useTranslation()
  const { isRestartRequired, message, changes } = pendingOf(virtualMachine, instance)
  if (!isRestartRequired) return null
  return (
    <Alert
      isInline
      variant="warning"
      component="h2"
      title={t('configuration.pending.title')}
      actionLinks={<RestartLink virtualMachine={virtualMachine} instance={instance} />}
    >
      {changes.length === 0 ? (
        <p>
          {message === undefined
            ? t('configuration.pending.unknownBare')
            : t('configuration.pending.unknown', { message })}
        </p>
      ) : (
        <>
          <p>{t('configuration.pending.body')}</p>
          <List>
            {changes.slice(0, SHOWN).map((change) => (
              <ListItem key={JSON.stringify(change)}>{pendingText(t, change)}</ListItem>
            ))}
            {changes.length > SHOWN && (
              <ListItem>
                {t('configuration.pending.more', { count: changes.length - SHOWN })}
              </ListItem>
            )}
          </List>
        </>
      )}
    </Alert>
  )
}

function RestartLink({ virtualMachine }: VirtualMachineContext) {
  const { namespace = '', name = '', uid = '' } = virtualMachine.metadata ?? {}
  const target = { namespace, name, uid, ...virtualMachineStateOf(virtualMachine) }
  const restart = useVirtualMachineActions(target).find((action) => action.name === 'restart')
  if (!restart) return null
  const { label, disabledReason, onSelect } = restart
  if (disabledReason === undefined) {
    return <AlertActionLink onClick={onSelect}>{label}</AlertActionLink>
  }
  return (
    <Tooltip content={disabledReason}>
      <AlertActionLink isAriaDisabled>{label}</AlertActionLink>
    </Tooltip>
  )
}
