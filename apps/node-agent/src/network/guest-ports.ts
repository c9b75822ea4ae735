import type { Duplex } from 'node:stream'
import type { Guest } from '../drivers/driver.ts'
import type { ForwardedPort, GuestInterface } from '../guest-spec.ts'

/** A guest as far as its ports go. */
export interface PortOwner {
  guest: Pick<Guest, 'openPort'>
  interfaces: readonly GuestInterface[]
}

/** A connection to a port of a guest, by way of its interface on the pod network. */
export async function openGuestPort(
  { guest, interfaces }: PortOwner,
  { port, protocol }: ForwardedPort,
): Promise<Duplex> {
  const nic = interfaces.findIndex(({ network }) => network.kind === 'user')
  const network = interfaces[nic]?.network
  if (network?.kind !== 'user') throw new Error('the guest is not on the pod network')
  const open =
    network.ports === undefined ||
    network.ports.some((one) => one.port === port && one.protocol === protocol)
  // As with KubeVirt's masquerade, nothing listens on the ports that the VMI does not list.
  if (!open) throw new Error(`port ${port}/${protocol}: connection refused`)
  return guest.openPort({ nic, port, protocol })
}
