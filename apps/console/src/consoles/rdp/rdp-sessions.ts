import { rdpCertificate, rdpCertificatePath } from '@virtdeck/bff-contract'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { requestJson } from '../../live/request.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import { idleWatch } from '../idle-watch.ts'
import { RdpSession, type RdpState } from './rdp-session.ts'

const keyOf = ({ namespace, name }: ConsoleOwner): string => `${namespace}/${name}`
const sessions = new Map<string, { uid: string; session: RdpSession }>()

interface RdpTarget {
  owner: ConsoleOwner
  uid: string
}

function sessionOf({ owner, uid }: RdpTarget): RdpSession {
  const known = sessions.get(keyOf(owner))
  if (known?.uid === uid) return known.session
  // A VM that is made anew under an old name is another one: it gets no password.
  closeRdpSession(owner)
  const readCertificate = () =>
    requestJson(rdpCertificatePath(owner), {
      method: 'POST',
      parse: (body) => rdpCertificate.parse(body),
    })
  const session = new RdpSession({ owner, uid, readCertificate })
  sessions.set(keyOf(owner), { uid, session })
  return session
}

export function closeRdpSession(owner: ConsoleOwner): void {
  const session = sessions.get(keyOf(owner))?.session
  if (!session) return
  idleWatch.forget(session)
  session.forget()
  sessions.delete(keyOf(owner))
}

/** The RDP session of a VM; it rests while its panel is not in the page. */
export function useRdpSession(target: RdpTarget): { session: RdpSession; state: RdpState } {
  const [session] = useState(() => sessionOf(target))
  useEffect(() => {
    session.resume()
    return session.rest
  }, [session])
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) }
}
