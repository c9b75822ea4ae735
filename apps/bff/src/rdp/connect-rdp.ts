import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { connect, type DetailedPeerCertificate, type TLSSocket } from 'node:tls'

/** What keeps an RDP session from beginning, for the codec and for people. */
export type RdpFailure =
  | { kind: 'closed' }
  | { kind: 'timeout' }
  | { kind: 'notRdp' }
  /** Only RDP's own, old encryption, or a refusal of the protocols that the client can do. */
  | { kind: 'negotiation'; connectionConfirm: Buffer }
  | { kind: 'tls'; message: string }

export class RdpError extends Error {
  readonly failure: RdpFailure

  constructor(failure: RdpFailure) {
    super(WORDS[failure.kind])
    this.name = 'RdpError'
    this.failure = failure
  }
}

const WORDS: Record<RdpFailure['kind'], string> = {
  closed: 'The guest closed the connection: nothing listens on its port 3389.',
  timeout: 'The guest did not answer on its port 3389 in time.',
  notRdp: 'What listens on the guest’s port 3389 does not speak RDP.',
  negotiation: 'The guest’s RDP server offers no security that this console can use.',
  tls: 'TLS with the guest’s RDP server failed.',
}

export interface SecuredRdp {
  connectionConfirm: Buffer
  socket: TLSSocket
  /** DER, the server's own first. */
  certificates: Buffer[]
  certificate: { fingerprint: string; subject: string; validFrom: string; validTo: string }
  /** Whether the user is asked for before there is a desktop (NLA), or by the desktop. */
  hasNetworkLevelAuthentication: boolean
}

const TIMEOUT_MS = 15_000
const TPKT_HEADER = 4
const MAX_TPKT = 1024
const NEGOTIATION_RESPONSE = 2
const PROTOCOL_TLS = 1
const HYBRID_PROTOCOLS = 2 | 8

/** X.224 and TLS over a stream to a guest; ends the stream when they fail. */
export async function connectRdp(
  stream: Duplex,
  connectionRequest: Buffer,
): Promise<SecuredRdp> {
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    stream.destroy()
  }, TIMEOUT_MS)
  try {
    stream.write(connectionRequest)
    const connectionConfirm = await readTpkt(stream)
    const protocol = selectedProtocol(connectionConfirm)
    const socket = await startTls(stream)
    const chain = chainOf(socket.getPeerCertificate(true))
    const [own] = chain
    if (!own) throw new RdpError({ kind: 'tls', message: 'no certificate' })
    return {
      connectionConfirm,
      socket,
      certificates: chain.map(({ raw }) => raw),
      certificate: {
        fingerprint: fingerprintOf(own.raw),
        subject: own.subject.CN?.toString() ?? '',
        validFrom: own.valid_from,
        validTo: own.valid_to,
      },
      hasNetworkLevelAuthentication: (protocol & HYBRID_PROTOCOLS) !== 0,
    }
  } catch (error) {
    stream.destroy()
    throw timedOut ? new RdpError({ kind: 'timeout' }) : error
  } finally {
    clearTimeout(timer)
  }
}

/** SHA-256 as `certutil` and browsers show it: AB:CD:… */
export function fingerprintOf(certificate: Buffer): string {
  const digest = createHash('sha256').update(certificate).digest('hex').toUpperCase()
  return digest.replace(/..(?!$)/g, '$&:')
}

/** Reads exactly one frame; what comes after it is TLS' and stays in the stream. */
function readTpkt(stream: Duplex): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let bytes: Buffer = Buffer.alloc(0)
    const finish = (act: () => void) => {
      stream.off('readable', read).off('close', onClose).off('end', onClose)
      act()
    }
    const onClose = () => finish(() => reject(new RdpError({ kind: 'closed' })))
    const fail = () => finish(() => reject(new RdpError({ kind: 'notRdp' })))
    // Not "data": a flowing stream would lose what comes before TLS listens.
    const read = () => {
      for (let chunk: unknown = stream.read(); chunk !== null; chunk = stream.read()) {
        bytes = Buffer.concat([bytes, chunk as Buffer])
      }
      if (bytes.length > 0 && bytes[0] !== 3) return fail()
      if (bytes.length < TPKT_HEADER) return
      const length = bytes.readUInt16BE(2)
      if (length < 11 || length > MAX_TPKT) return fail()
      if (bytes.length < length) return
      finish(() => {
        if (bytes.length > length) stream.unshift(bytes.subarray(length))
        resolve(bytes.subarray(0, length))
      })
    }
    stream.on('readable', read).once('close', onClose).once('end', onClose)
    if (stream.destroyed) return onClose()
    read()
  })
}

function selectedProtocol(connectionConfirm: Buffer): number {
  const isResponse =
    connectionConfirm.length >= 19 && connectionConfirm[11] === NEGOTIATION_RESPONSE
  const protocol = isResponse ? connectionConfirm.readUInt32LE(15) : 0
  // 0 is RDP's own encryption, which keeps nothing secret.
  if ((protocol & (PROTOCOL_TLS | HYBRID_PROTOCOLS)) === 0) {
    throw new RdpError({ kind: 'negotiation', connectionConfirm })
  }
  return protocol
}

/**
 * Guests sign their certificates themselves, so no authority is asked: the user confirms the
 * fingerprint, and it must stay the same.
 */
function startTls(stream: Duplex): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ socket: stream, rejectUnauthorized: false, minVersion: 'TLSv1.2' })
    const onClose = () =>
      reject(new RdpError({ kind: 'tls', message: 'the guest closed the connection' }))
    socket.once('close', onClose)
    socket.on('error', (error) => reject(new RdpError({ kind: 'tls', message: error.message })))
    socket.once('secureConnect', () => {
      socket.off('close', onClose)
      resolve(socket)
    })
  })
}

function chainOf(certificate: DetailedPeerCertificate): DetailedPeerCertificate[] {
  const chain: DetailedPeerCertificate[] = []
  let next: DetailedPeerCertificate | undefined = certificate
  while (next?.raw && !chain.some(({ raw }) => raw.equals(next?.raw ?? raw))) {
    chain.push(next)
    next = next.issuerCertificate
  }
  return chain
}
