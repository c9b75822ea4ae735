import { createHash } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { SshCredentials } from '@virtdeck/bff-contract'
import ssh2, { type AnyAuthMethod, type Client, type ClientErrorExtensions } from 'ssh2'
import { createAuthentication } from './authentication.ts'
import { SshError } from './ssh-error.ts'

export interface HostKey {
  /** `SHA256:…`, as ssh shows it. */
  fingerprint: string
  algorithm: string
}

/** A server that has proved to own its key, and does not know yet who is here. */
export interface GreetedSsh {
  hostKey: HostKey
  /** Accepts the key and signs in; once. */
  signIn: (who: { userName: string; credentials: SshCredentials }) => Promise<Client>
}

const HANDSHAKE_TIMEOUT_MS = 15_000
const SIGN_IN_TIMEOUT_MS = 30_000
/** Also ends a session with a guest that is gone without a word, after two minutes. */
const KEEP_ALIVE = { keepaliveInterval: 15_000, keepaliveCountMax: 8 }

type SshFault = Error & ClientErrorExtensions

/** SSH over a stream to a guest, up to its host key; ends the stream when it fails. */
export async function connectSsh(stream: Duplex): Promise<GreetedSsh> {
  const client = new ssh2.Client()
  let authentication: ReturnType<typeof createAuthentication> | undefined
  let hasSpoken = false
  let verify: (isTrusted: boolean) => void = () => {}
  const begun = Promise.withResolvers<HostKey>()
  const signedIn = Promise.withResolvers<Client>()
  const fail = (error: SshError) => {
    begun.reject(error)
    signedIn.reject(error)
  }
  /** Before somebody signs in; the library tells by its text. */
  const failureOf = (error?: SshFault): SshError => {
    if (/no matching/i.test(error?.message ?? '')) return new SshError('handshake')
    return new SshError(hasSpoken ? 'notSsh' : 'refused')
  }
  // Whoever does not wait for it hears of it by "close".
  signedIn.promise.catch(() => {})
  client.on('error', (error: SshFault) => {
    fail(authentication ? failureOfSignIn(error, authentication.failure) : failureOf(error))
  })
  client.once('close', () => fail(authentication?.failure() ?? failureOf()))
  client.once('ready', () => signedIn.resolve(client))
  client.connect({
    ...KEEP_ALIVE,
    sock: stream,
    // Each attempt names the user itself, who is not known here.
    username: '',
    readyTimeout: 0,
    hostVerifier: (key: Buffer, answer: (isTrusted: boolean) => void) => {
      verify = answer
      begun.resolve(describeHostKey(key))
    },
    // The types do not know that `false` ends the attempts.
    authHandler: (left, _isPartial, offer) =>
      authentication?.next(left, offer as (method: AnyAuthMethod | false) => void),
  })
  // The library reads later, so that nothing is lost to this.
  stream.once('data', () => (hasSpoken = true))
  // A port that nobody listens on may be closed by now.
  if (stream.destroyed) fail(failureOf())

  const hostKey = await inTime(begun.promise, { stream, timeoutMs: HANDSHAKE_TIMEOUT_MS })
  return {
    hostKey,
    signIn: async (who) => {
      authentication = createAuthentication(who)
      verify(true)
      try {
        return await inTime(signedIn.promise, { stream, timeoutMs: SIGN_IN_TIMEOUT_MS })
      } catch (error) {
        client.end()
        throw error
      }
    },
  }
}

export function describeHostKey(key: Buffer): HostKey {
  const digest = createHash('sha256').update(key).digest('base64').replace(/=+$/, '')
  // A public key begins with the name of its algorithm, and that with its length.
  const length = key.readUInt32BE(0)
  return { fingerprint: `SHA256:${digest}`, algorithm: key.toString('latin1', 4, 4 + length) }
}

async function inTime<T>(
  promise: Promise<T>,
  { stream, timeoutMs }: { stream: Duplex; timeoutMs: number },
): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new SshError('timeout')), timeoutMs)
  try {
    return await Promise.race([promise, late.promise])
  } catch (error) {
    stream.destroy()
    throw error
  } finally {
    clearTimeout(timer)
  }
}

function failureOfSignIn({ level }: SshFault, failure: () => SshError): SshError {
  return level === 'client-timeout' || level === 'client-socket'
    ? new SshError('lost')
    : failure()
}
