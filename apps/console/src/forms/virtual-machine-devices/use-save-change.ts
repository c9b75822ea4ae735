import { RESOURCES } from '@virtdeck/kubernetes'
import { DeviceEditError, patchOf, type VirtualMachine } from '@virtdeck/kubevirt'
import { useTranslation } from 'react-i18next'
import { ApiError, toApiError } from '../../live/api-error.ts'
import { kubernetes } from '../../live/kubernetes.ts'

const ATTEMPTS = 5

type Change = (virtualMachine: VirtualMachine) => VirtualMachine

/** `saveChange`, with words for what somebody else did meanwhile. */
export function useSaveChange(): (base: VirtualMachine, change: Change) => Promise<void> {
  const { t } = useTranslation()
  return async (base, change) => {
    try {
      await saveChange(base, change)
    } catch (failure) {
      if (!(failure instanceof DeviceEditError)) throw failure
      const message = t(`devices.${failure.code}`, { name: failure.device })
      throw new ApiError({ status: 409, reason: 'Conflict', message })
    }
  }
}

/**
 * Makes a change to a VM. The server tests the version it was made to; where somebody else wrote
 * meanwhile, the same change is made to what is there now, or refused by the change itself.
 */
async function saveChange(base: VirtualMachine, change: Change): Promise<void> {
  const { namespace, name = '' } = base.metadata ?? {}
  const target = { namespace, name }
  let latest = base
  for (let attempt = 1; ; attempt += 1) {
    try {
      await kubernetes.jsonPatch(
        RESOURCES.virtualMachines,
        target,
        patchOf(latest, change(latest)),
      )
      return
    } catch (failure) {
      // A test that fails is a plain 422 that does not say why.
      const { status, causes } = toApiError(failure)
      const isStale = status === 409 || (status === 422 && causes.length === 0)
      if (!isStale || attempt === ATTEMPTS) throw failure
      const now = await kubernetes.get<VirtualMachine>(RESOURCES.virtualMachines, target)
      if (now.metadata?.resourceVersion === latest.metadata?.resourceVersion) throw failure
      latest = now
    }
  }
}
