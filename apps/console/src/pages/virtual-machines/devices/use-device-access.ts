import { useTranslation } from 'react-i18next'
import { useAccess, type Access } from '../../../live/use-access.ts'
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
  const [change, plug, unplug, grow, exporting] = useAccess([
    { verb: 'patch', group: 'kubevirt.io', resource: 'virtualmachines', namespace, name },
    { ...live, subresource: 'addvolume' },
    { ...live, subresource: 'removevolume' },
    { verb: 'patch', group: '', resource: 'persistentvolumeclaims', namespace },
    {
      verb: 'create',
      group: 'export.kubevirt.io',
      resource: 'virtualmachineexports',
      namespace,
    },
  ])
  const refusalOf = (access: Access | undefined): string | undefined => {
    if (access?.allowed === undefined) return t('actions.checkingPermission')
    return access.allowed ? undefined : t('actions.noPermission', { namespace })
  }
  return {
    refusal: refusalOf(change),
    growRefusal: refusalOf(grow),
    exportRefusal: refusalOf(exporting),
    mayPlug: plug?.allowed === true,
    mayUnplug: unplug?.allowed === true,
  }
}
