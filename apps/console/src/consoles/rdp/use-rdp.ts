import {
  rdpCertificate,
  rdpCertificatePath,
  rdpSocketPath,
  type RdpCertificate,
} from '@virtdeck/bff-contract'
import { useRef, useState } from 'react'
import { toApiError } from '../../live/api-error.ts'
import { requestJson } from '../../live/request.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import type { FromRdpFrame } from './frame-messages.ts'
import { pinCertificate, pinnedCertificate, wantsWholePictures } from './pinned-certificates.ts'
import { problemOf, type RdpProblem } from './rdp-ending.ts'
import type { SendToRdpFrame } from './RdpFrame.tsx'
import type { RdpCredentials } from './RdpSignIn.tsx'

export type RdpState =
  | { name: 'signIn'; problem?: { kind: RdpProblem; message?: string } }
  /** The guest's certificate is being read. */
  | { name: 'asking' }
  | { name: 'confirming'; certificate: RdpCertificate; pinned: string | undefined }
  | { name: 'connecting' | 'connected'; attempt: number; socketUrl: string }

/** One RDP session after the other with a VM; each in a frame of its own. */
export function useRdp({ owner, uid }: { owner: ConsoleOwner; uid: string }) {
  const [state, setState] = useState<RdpState>({ name: 'signIn' })
  /** Until the frame has it; not in the state, where tools would show it. */
  const credentials = useRef<RdpCredentials | undefined>(undefined)
  const closedByUser = useRef(false)
  const send = useRef<SendToRdpFrame | undefined>(undefined)
  const attempt = useRef(0)

  const readCertificate = () =>
    requestJson(rdpCertificatePath(owner), {
      method: 'POST',
      parse: (body) => rdpCertificate.parse(body),
    })

  function fail(kind: RdpProblem, message?: string): void {
    credentials.current = undefined
    setState({ name: 'signIn', problem: { kind, ...(message && { message }) } })
  }

  async function signIn(given: RdpCredentials): Promise<void> {
    credentials.current = given
    setState({ name: 'asking' })
    try {
      const certificate = await readCertificate()
      const pinned = pinnedCertificate(uid)
      if (pinned === certificate.fingerprint) connect(pinned)
      else setState({ name: 'confirming', certificate, pinned })
    } catch (error) {
      fail('gateway', toApiError(error).message)
    }
  }

  function trust({ fingerprint }: RdpCertificate): void {
    pinCertificate(uid, fingerprint)
    connect(fingerprint)
  }

  function connect(fingerprint: string): void {
    closedByUser.current = false
    attempt.current += 1
    const path = rdpSocketPath({
      ...owner,
      fingerprint,
      asksForWholePictures: wantsWholePictures(uid),
    })
    const socketUrl = new URL(path, location.origin.replace(/^http/, 'ws')).href
    setState({ name: 'connecting', attempt: attempt.current, socketUrl })
  }

  function hear(message: FromRdpFrame, sendToFrame: SendToRdpFrame): void {
    send.current = sendToFrame
    if (message.type === 'crashed') fail('crashed')
    if (message.type === 'ended') {
      const { ending } = message
      const kind = problemOf(ending, closedByUser.current)
      fail(kind, kind === 'ended' || kind === 'negotiation' ? ending.message : undefined)
    }
    if (message.type === 'connected') {
      credentials.current = undefined
      setState((now) => (now.name === 'connecting' ? { ...now, name: 'connected' } : now))
    }
  }

  function disconnect(): void {
    closedByUser.current = true
    send.current?.({ type: 'disconnect' })
    // The frame goes with the state; what it would still say is not waited for.
    fail('byUser')
  }

  const lose = () => fail('notLoaded')

  return { state, credentials, signIn, trust, hear, lose, disconnect, send }
}
