import { useTranslation } from 'react-i18next'
import { useAccess } from '../../../live/use-access.ts'
import { useVirtualMachine } from '../virtual-machine-context.ts'

/** Why the devices of the page's VM cannot be changed, and which live changes the user may make. */
export function useDeviceAccess() {
  const { t } = useTranslation()
  const { virtualMachine } = useVirtualMachine()
  const { namespace = '', name = '' } = virtualMachine.metadata ?? {}
  const live = {
    verb: 'update',
    group: 'subresources.kubevirt.io',
    resource: 'virtualmachines',
    namespace,
    name,
  }
  const [change, plug, unplug] = useAccess([
    { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines', namespace, name },
    { ...live, subresource: 'addvolume' },
    { ...live, subresource: 'removevolume' },
  ])
  const refused =
    change?.allowed === false ? t('actions.noPermission', { namespace }) : undefined
  return {
    refusal: change?.allowed === undefined ? t('actions.checkingPermission') : refused,
    mayPlug: plug?.allowed === true,
    mayUnplug: unplug?.allowed === true,
  }
}
