import { statusErrors } from '@virtdeck/kubernetes'
import {
  readFileSystems,
  readGuestInfo,
  readUsers,
  type AskAgent,
} from '../guest-agent/facts.ts'
import type { RunningGuest } from '../running-guest.ts'
import { INSTANCES } from './guest-lookup.ts'

/** Source: kubevirt `virt-launcher`: a guest that nobody thaws is thawed after a while. */
const LONGEST_FREEZE_MS = 300_000

const READERS: Record<string, (ask: AskAgent) => Promise<object>> = {
  guestosinfo: readGuestInfo,
  userlist: async (ask) => ({ items: await readUsers(ask), metadata: {} }),
  filesystemlist: async (ask) => ({ items: await readFileSystems(ask), metadata: {} }),
}

export const isGuestAgentReading = (action: string): boolean => Object.hasOwn(READERS, action)

/** `guestosinfo`, `userlist` and `filesystemlist` of virt-handler. */
export function readFromAgent(running: RunningGuest, action: string): Promise<object> {
  const reader = READERS[action]
  if (reader === undefined) throw statusErrors.noSuchResource()
  return reader(askOf(running))
}

/** Writes out what the guest has in memory and holds back what it wants to write next. */
export async function freeze(
  running: RunningGuest,
  unfreezeTimeout: string | undefined,
): Promise<void> {
  await askOf(running)('guest-fsfreeze-freeze')
  running.note('File systems frozen')
  const patience = durationMs(unfreezeTimeout) ?? LONGEST_FREEZE_MS
  running.thawLater(patience, () => void unfreeze(running).catch(() => undefined))
  await running.agent?.refresh()
}

export async function unfreeze(running: RunningGuest): Promise<void> {
  await askOf(running)('guest-fsfreeze-thaw')
  running.thawLater(undefined)
  running.note('File systems thawed')
  await running.agent?.refresh()
}

function askOf(running: RunningGuest): AskAgent {
  const { guest, record } = running
  if (!guest.agentConnected) {
    const message = 'VMI does not have guest agent connected'
    throw statusErrors.conflict(INSTANCES, record.name, message)
  }
  return (command, args) => guest.agent(command, args)
}

/** Go's way to write durations: `5m0s`; zero means "never by itself". */
export function durationMs(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined
  const units: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1_000, ms: 1 }
  let total = 0
  for (const [, number = '', unit = ''] of text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)) {
    total += Number(number) * (units[unit] ?? 0)
  }
  return total > 0 ? total : undefined
}
