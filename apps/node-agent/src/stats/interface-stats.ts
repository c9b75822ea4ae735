import { setTimeout as delay } from 'node:timers/promises'
import type { Guest } from '../drivers/driver.ts'
import type { InterfaceCounters } from '../network/segments.ts'
import type { RunningGuest } from '../running-guest.ts'

export interface InterfaceStats extends Partial<InterfaceCounters> {
  name: string
  macAddress: string
}

interface AgentInterface {
  'hardware-address'?: string
  statistics?: Record<string, number>
}

/**
 * What each interface has sent and received. On bridges the agent's switch counts. On the pod
 * network QEMU counts nothing, so the guest is asked; without a guest agent nobody knows.
 */
export async function interfaceStatsOf({
  guest,
  interfaces,
  plugs,
}: Pick<RunningGuest, 'guest' | 'interfaces' | 'plugs'>): Promise<InterfaceStats[]> {
  const uncounted = interfaces.some(({ name }) => !plugs.has(name))
  const canTell = guest.agentConnected && !guest.paused
  const told = uncounted && canTell ? await askAgent(guest) : undefined
  return interfaces.map(({ name, macAddress }) => ({
    name,
    macAddress,
    ...(plugs.get(name)?.counters ?? told?.get(macAddress.toLowerCase())),
  }))
}

const PATIENCE_MS = 1_000

/** Counters by hardware address. */
async function askAgent(guest: Guest): Promise<Map<string, InterfaceCounters> | undefined> {
  const answer = guest.agent('guest-network-get-interfaces').then(
    (interfaces) => countersOf(interfaces as AgentInterface[]),
    // It may be busy, or older than these figures.
    () => undefined,
  )
  // One guest that does not answer must not hold up the figures of all.
  return Promise.race([answer, delay(PATIENCE_MS, undefined, { ref: false })])
}

function countersOf(interfaces: AgentInterface[]): Map<string, InterfaceCounters> {
  return new Map(
    interfaces.flatMap(({ 'hardware-address': address, statistics }) =>
      address === undefined || statistics === undefined
        ? []
        : [
            [
              address.toLowerCase(),
              {
                receivedBytes: statistics['rx-bytes'] ?? 0,
                receivedPackets: statistics['rx-packets'] ?? 0,
                receivedDropped: statistics['rx-dropped'] ?? 0,
                transmittedBytes: statistics['tx-bytes'] ?? 0,
                transmittedPackets: statistics['tx-packets'] ?? 0,
              },
            ],
          ],
    ),
  )
}
