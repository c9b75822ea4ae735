import { rdpCertificate, rdpCertificatePath } from '@virtdeck/bff-contract'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { requestJson } from '../../live/request.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import { RdpSession, type RdpState } from './rdp-session.ts'

/** The RDP session of a panel; it ends with the panel. */
export function useRdpSession({ owner, uid }: { owner: ConsoleOwner; uid: string }): {
  session: RdpSession
  state: RdpState
} {
  const [session] = useState(() => {
    const readCertificate = () =>
      requestJson(rdpCertificatePath(owner), {
        method: 'POST',
        parse: (body) => rdpCertificate.parse(body),
      })
    return new RdpSession({ owner, uid, readCertificate })
  })
  useEffect(() => session.forget, [session])
  return { session, state: useSyncExternalStore(session.subscribe, session.getState) }
}
