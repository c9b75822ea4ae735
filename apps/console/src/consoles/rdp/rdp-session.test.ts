import type { RdpCertificate } from '@virtdeck/bff-contract'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiError } from '../../live/api-error.ts'
import { LONGEST_LOSS } from '../recovery.ts'
import type { FromRdpFrame, RdpEnding } from './frame-messages.ts'
import { RdpSession } from './rdp-session.ts'

const CREDENTIALS = { userName: 'ada', password: 'S3cret!', domain: '' }
const NOBODY = { userName: '', password: '', domain: '' }
const GOODBYE: RdpEnding = { wasConnected: true, hasFarewell: true, kind: 0, message: 'bye' }
const LOST: RdpEnding = { ...GOODBYE, hasFarewell: false, message: 'not enough bytes' }
const REFUSED: RdpEnding = { ...LOST, wasConnected: false }
const UNREACHABLE: RdpEnding = { ...REFUSED, kind: 4 }

/** What reading the guest's certificate gives; a number is the status of a refusal. */
let guest: string | number
let session: RdpSession

beforeEach(() => {
  vi.useFakeTimers()
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  })
  vi.stubGlobal('location', { origin: 'https://console.example' })
  guest = 'AA:BB'
  session = new RdpSession({
    owner: { namespace: 'shop', name: 'desktop' },
    uid: 'uid-1',
    readCertificate: async () => {
      if (typeof guest === 'string') return certificateOf(guest)
      throw new ApiError({ status: guest, reason: '', message: `refused with ${guest}` })
    },
  })
})
afterEach(() => {
  session.forget()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const certificateOf = (fingerprint: string): RdpCertificate => ({
  fingerprint,
  subject: 'desktop',
  validFrom: '',
  validTo: '',
  networkLevelAuthentication: true,
})

const settle = () => vi.advanceTimersByTimeAsync(0)
const hear = (message: FromRdpFrame) => session.hear(message, () => {})
const end = (ending: RdpEnding) => hear({ type: 'ended', ending })

async function connect(): Promise<void> {
  session.signIn(CREDENTIALS)
  await settle()
  const state = session.getState()
  if (state.name === 'confirming') session.trust(state.certificate)
  hear({ type: 'connected' })
  expect(session.getState().name).toBe('connected')
}

describe('F-43 signing in', () => {
  test('the certificate is confirmed once, and pinned', async () => {
    await connect()
    session.end('byUser')
    session.signIn(CREDENTIALS)
    await settle()
    expect(session.getState()).toMatchObject({ name: 'connecting', frame: 2 })
    session.end('byUser')
    guest = 'CC:DD'
    session.signIn(CREDENTIALS)
    await settle()
    expect(session.getState()).toMatchObject({ name: 'confirming', pinned: 'AA:BB' })
  })

  test('an answer that comes after Disconnect is not listened to', async () => {
    session.signIn(CREDENTIALS)
    session.end('byUser')
    await settle()
    expect(session.getState()).toEqual({ name: 'signIn', problem: { kind: 'byUser' } })
  })

  test('who cannot be reached at first is not tried again', async () => {
    guest = 502
    session.signIn(CREDENTIALS)
    await settle()
    const problem = { kind: 'gateway', message: 'refused with 502' }
    expect(session.getState()).toEqual({ name: 'signIn', problem })
  })
})

describe('F-43 a lost session', () => {
  test('is brought back without the password being typed', async () => {
    await connect()
    end(LOST)
    expect(session.getState()).toMatchObject({ name: 'reconnecting', attempt: 1 })
    guest = 502
    await vi.advanceTimersByTimeAsync(300)
    const refused = { name: 'reconnecting', attempt: 2, message: 'refused with 502' }
    expect(session.getState()).toEqual(refused)
    guest = 'AA:BB'
    await vi.advanceTimersByTimeAsync(600)
    expect(session.getState()).toMatchObject({ name: 'connecting', frame: 2 })
    expect(session.credentials).toEqual(CREDENTIALS)
    // Its port answers before its server does.
    end(UNREACHABLE)
    expect(session.getState()).toMatchObject({ name: 'reconnecting', attempt: 3 })
    session.frameLost()
    expect(session.getState()).toMatchObject({ name: 'reconnecting', attempt: 4 })
  })

  test('is brought back at once when somebody says so', async () => {
    await connect()
    end(LOST)
    session.retry()
    await settle()
    expect(session.getState()).toMatchObject({ name: 'connecting', frame: 2 })
    await vi.advanceTimersByTimeAsync(60_000)
    expect(session.getState()).toMatchObject({ name: 'connecting', frame: 2 })
  })

  test('has its certificate confirmed where that is another one', async () => {
    await connect()
    end(LOST)
    guest = 'CC:DD'
    await vi.advanceTimersByTimeAsync(300)
    expect(session.getState()).toMatchObject({ name: 'confirming', pinned: 'AA:BB' })
    expect(session.credentials).toEqual(CREDENTIALS)
  })

  test.each<[string, () => Promise<void> | void, string]>([
    ['the user disconnects', () => session.end('byUser'), 'byUser'],
    ['the guest refuses the sign-in', () => retried(() => end(REFUSED)), 'signInFailed'],
    ['the client falls over', () => retried(() => hear({ type: 'crashed' })), 'crashed'],
    ['the user may not any more', () => refusedFor(403, 300), 'forbidden'],
    ['nobody is there', () => session.end('idle'), 'idle'],
    ['the guest stays away', () => refusedFor(502, LONGEST_LOSS + 10_000), 'lost'],
  ])('is given up, and the password forgotten, when %s', async (_when, happen, kind) => {
    await connect()
    end(LOST)
    await happen()
    expect(session.getState()).toMatchObject({ name: 'signIn', problem: { kind } })
    expect(session.credentials).toEqual(NOBODY)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(session.getState().name).toBe('signIn')
  })

  test('that ends again and again is tried ever more slowly', async () => {
    await connect()
    for (const attempt of [1, 2, 3]) {
      end(LOST)
      expect(session.getState()).toMatchObject({ name: 'reconnecting', attempt })
      session.retry()
      await settle()
      hear({ type: 'connected' })
    }
    await vi.advanceTimersByTimeAsync(10_000)
    end(LOST)
    expect(session.getState()).toMatchObject({ name: 'reconnecting', attempt: 1 })
  })
})

describe('F-43 a session that nobody looks at', () => {
  test('rests, and is taken up again without the password being typed', async () => {
    await connect()
    session.rest()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(session.getState()).toEqual({ name: 'resting' })
    session.resume()
    await settle()
    expect(session.getState()).toMatchObject({ name: 'connecting', frame: 2 })
    expect(session.credentials).toEqual(CREDENTIALS)
  })

  test('is not brought back meanwhile', async () => {
    await connect()
    end(LOST)
    session.rest()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(session.getState()).toEqual({ name: 'resting' })
  })

  test('ends when it is idle, and the password is forgotten', async () => {
    await connect()
    session.rest()
    session.end('idle')
    session.resume()
    await settle()
    expect(session.getState()).toEqual({ name: 'signIn', problem: { kind: 'idle' } })
    expect(session.credentials).toEqual(NOBODY)
  })

  test('was none before there was a certificate', async () => {
    session.signIn(CREDENTIALS)
    session.rest()
    await settle()
    expect(session.getState()).toEqual({ name: 'signIn' })
    expect(session.credentials).toEqual(NOBODY)
    expect(session.known).toEqual({ userName: 'ada', domain: '' })
  })
})

test('F-43 what the guest has ended is over, and the password forgotten', async () => {
  await connect()
  end(GOODBYE)
  const problem = { kind: 'ended', message: 'bye' }
  expect(session.getState()).toEqual({ name: 'signIn', problem })
  expect(session.credentials).toEqual(NOBODY)
})

async function retried(happen: () => void): Promise<void> {
  session.retry()
  await settle()
  happen()
}

async function refusedFor(status: number, milliseconds: number): Promise<void> {
  guest = status
  await vi.advanceTimersByTimeAsync(milliseconds)
}
