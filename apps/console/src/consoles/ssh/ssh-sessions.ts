import { createStore } from '../../feedback/store.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import { idleWatch } from '../idle-watch.ts'
import { pinHostKey, pinnedHostKey } from './pinned-host-keys.ts'
import { createSshSession, type SshSession } from './ssh-session.ts'

const keyOf = ({ namespace, name }: ConsoleOwner): string => `${namespace}/${name}`
const sessions = new Map<string, SshSession>()
/** Counts sessions that came or went. */
const version = createStore(0)
const changed = () => version.set(version.get() + 1)

window.addEventListener('online', () => {
  for (const session of sessions.values()) session.retry()
})

/** One SSH session of each VM that is looked at. */
export const sshSessions = {
  /** The session as a React hook; undefined while it is not open. */
  use(owner: ConsoleOwner): SshSession | undefined {
    version.use()
    return sessions.get(keyOf(owner))
  },

  open(owner: ConsoleOwner, uid: string): void {
    if (sessions.has(keyOf(owner))) return
    const pin = {
      get: () => pinnedHostKey(uid),
      set: (fingerprint: string) => pinHostKey(uid, fingerprint),
    }
    sessions.set(keyOf(owner), createSshSession({ owner, pin }))
    changed()
  },

  close(owner: ConsoleOwner): void {
    const session = sessions.get(keyOf(owner))
    if (session) idleWatch.forget(session)
    session?.dispose()
    if (sessions.delete(keyOf(owner))) changed()
  },
}
