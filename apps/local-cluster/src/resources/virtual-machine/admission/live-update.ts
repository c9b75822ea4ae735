import type { StatusCause } from '@virtdeck/kubernetes'
import { causeIf, type MachineSpec } from './cause.ts'
import type { ClusterConfiguration } from './configuration.ts'
import { amount } from './quantities.ts'

const BLOCK = 2 * 1024 * 1024

/** Memory can be added to a running VM where the cluster's rollout strategy is LiveUpdate. */
export function liveUpdateRules(
  field: string,
  spec: MachineSpec,
  { liveUpdate }: ClusterConfiguration,
): StatusCause[] {
  const domain = spec.template.spec?.domain
  const maxGuest = domain?.memory?.maxGuest
  if (!liveUpdate || !domain || maxGuest === undefined) return []
  const { cpu, memory, launchSecurity } = domain
  const at = `${field}.template.spec.domain`
  const guest = memory?.guest
  const guestField = `${at}.memory.guest`
  return [
    ...causeIf(
      !!cpu?.realtime,
      `${at}.cpu.realtime`,
      'Memory hotplug is not compatible with realtime VMs',
    ),
    ...causeIf(
      !!cpu?.numa?.guestMappingPassthrough,
      `${at}.cpu.numa.guestMappingPassthrough`,
      'Memory hotplug is not compatible with guest mapping passthrough',
    ),
    ...causeIf(
      !!launchSecurity,
      `${at}.launchSecurity`,
      'Memory hotplug is not compatible with encrypted VMs',
    ),
    ...causeIf(
      cpu?.dedicatedCpuPlacement,
      `${at}.cpu.dedicatedCpuPlacement`,
      'Memory hotplug is not compatible with dedicated CPUs',
    ),
    ...causeIf(
      guest === undefined,
      guestField,
      'Guest memory must be configured when memory hotplug is enabled',
    ),
    ...causeIf(
      guest !== undefined && amount(guest) > amount(maxGuest),
      guestField,
      'Guest memory is greater than the configured maxGuest memory',
    ),
    ...causeIf(
      guest !== undefined && amount(guest) <= amount(maxGuest) && amount(guest) % BLOCK !== 0,
      guestField,
      'Guest memory must be 2Mi aligned',
    ),
    ...causeIf(
      amount(maxGuest) % BLOCK !== 0,
      `${at}.memory.maxGuest`,
      'MaxGuest must be 2Mi aligned',
    ),
  ]
}
