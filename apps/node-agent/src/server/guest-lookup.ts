import { statusErrors } from '@virtdeck/kubernetes'
import type { V1VirtualMachineInstance as VirtualMachineInstance } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import type { Guests } from '../guests.ts'
import type { RunningGuest } from '../running-guest.ts'

export const INSTANCES = { group: 'kubevirt.io', resource: 'virtualmachineinstances' } as const

/** Finds the running guest of a VMI, or says why there is none as virt-handler does. */
export class GuestLookup {
  readonly #guests: Guests
  readonly #findInstance: (key: string) => VirtualMachineInstance | undefined

  constructor(
    guests: Guests,
    findInstance: (key: string) => VirtualMachineInstance | undefined,
  ) {
    this.#guests = guests
    this.#findInstance = findInstance
  }

  instance(namespace: string, name: string): VirtualMachineInstance {
    const instance = this.#findInstance(`${namespace}/${name}`)
    if (instance === undefined) throw statusErrors.notFound(INSTANCES, name)
    return instance
  }

  running(namespace: string, name: string): RunningGuest {
    const uid = this.instance(namespace, name).metadata?.uid ?? ''
    const running = this.#guests.get(uid)
    if (running === undefined || running.end !== undefined || !running.started) {
      throw statusErrors.badRequest('VMI is not running')
    }
    return running
  }

  /** Any guest of that UID, running or ended: for its logs. */
  byUid(uid: string): RunningGuest | undefined {
    return this.#guests.get(uid)
  }
}
