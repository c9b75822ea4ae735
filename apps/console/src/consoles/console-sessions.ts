import { createStore } from '../feedback/store.ts'
import type { ConsoleDisplay, ConsoleSession } from './console-session.ts'
import type { GuestAvailability } from './guest-availability.ts'
import { idleWatch } from './idle-watch.ts'

export interface ConsoleOwner {
  namespace: string
  name: string
}

const ownerKey = ({ namespace, name }: ConsoleOwner): string => `${namespace}/${name}`

/**
 * Consoles live above the pages: they stay connected while another tab of their VM is
 * shown, and in the background. At most `limit` at once, the longest unused goes first.
 */
export function createConsoleSessions<Kind extends string, Display extends ConsoleDisplay>(
  limit: number,
) {
  interface Entry {
    owner: string
    session: ConsoleSession<Display>
  }
  const entries = new Map<string, Entry>()
  /** Counts sessions that came or went. */
  const version = createStore(0)

  const keyOf = (owner: ConsoleOwner, kind: Kind) => `${ownerKey(owner)}/${kind}`
  const changed = () => version.set(version.get() + 1)
  const entriesOf = (owner: ConsoleOwner) =>
    [...entries].filter(([, entry]) => entry.owner === ownerKey(owner))

  function close(key: string): void {
    const session = entries.get(key)?.session
    if (session) idleWatch.forget(session)
    session?.dispose()
    if (entries.delete(key)) changed()
  }

  return {
    /** The session of a console as a React hook; undefined while it is not open. */
    use(owner: ConsoleOwner, kind: Kind): ConsoleSession<Display> | undefined {
      version.use()
      return entries.get(keyOf(owner, kind))?.session
    },

    /** Opens the console, unless it is open; either way it is the one used last. */
    open(owner: ConsoleOwner, kind: Kind, create: () => ConsoleSession<Display>): void {
      const key = keyOf(owner, kind)
      const existing = entries.get(key)
      // A Map keeps the order of insertion: its first is the longest unused.
      entries.delete(key)
      entries.set(key, existing ?? { owner: ownerKey(owner), session: create() })
      for (const oldest of [...entries.keys()].slice(0, -limit)) close(oldest)
      if (!existing) changed()
    },

    close: (owner: ConsoleOwner, kind: Kind) => close(keyOf(owner, kind)),

    closeAllOf(owner: ConsoleOwner): void {
      for (const [key] of entriesOf(owner)) close(key)
    },

    /** Tells all consoles of a VM what became of its guest. */
    setGuest(owner: ConsoleOwner, guest: GuestAvailability): void {
      for (const [, { session }] of entriesOf(owner)) session.send({ type: 'guest', guest })
    },

    /** The network is back: no reason to sit out a pause. */
    retryAll(): void {
      for (const { session } of entries.values()) session.send({ type: 'retry' })
    },
  }
}
