import { rdpSocketPath, type RdpCertificate } from '@virtdeck/bff-contract'
import { toApiError, type ApiError } from '../../live/api-error.ts'
import type { ConsoleOwner } from '../console-sessions.ts'
import { Recovery } from '../recovery.ts'
import type { FromRdpFrame, ToRdpFrame } from './frame-messages.ts'
import { pinCertificate, pinnedCertificate, wantsWholePictures } from './pinned-certificates.ts'
import { maySoonBeOver, problemOf, problemOfRefusal, type RdpProblem } from './rdp-ending.ts'

export interface RdpCredentials {
  userName: string
  password: string
  domain: string
}

export type RdpState =
  | { name: 'signIn'; problem?: { kind: RdpProblem; message?: string } }
  /** The guest's certificate is being read. */
  | { name: 'asking' }
  | { name: 'confirming'; certificate: RdpCertificate; pinned: string | undefined }
  | { name: 'connecting' | 'connected'; frame: number; socketUrl: string }
  /** The session was lost; `attempt` counts from 1, `message` is the last refusal. */
  | { name: 'reconnecting'; attempt: number; message: string | undefined }
  /** Nobody looks at it; it is taken up again when somebody does. */
  | { name: 'resting' }

interface RdpSessionOptions {
  owner: ConsoleOwner
  /** Of the VM: what its certificate is pinned to. */
  uid: string
  readCertificate: () => Promise<RdpCertificate>
}

const NO_CREDENTIALS: RdpCredentials = { userName: '', password: '', domain: '' }

/**
 * RDP with a VM: certificate, sign-in, and a session that is brought back when it is lost. Each
 * connection runs in a frame of its own. The password is in this object's memory only, and only
 * as long as there is a session that could be lost.
 */
export class RdpSession {
  readonly #options: RdpSessionOptions
  readonly #listeners = new Set<() => void>()
  #state: RdpState = { name: 'signIn' }
  #credentials: RdpCredentials | undefined
  #known = { userName: '', domain: '' }
  readonly #recovery = new Recovery()
  /** Answers to what was asked before the user went another way are not listened to. */
  #question = 0
  #frames = 0
  #send: ((message: ToRdpFrame) => void) | undefined

  constructor(options: RdpSessionOptions) {
    this.#options = options
  }

  readonly getState = (): RdpState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Who it was for, for the next form; never the password. */
  get known(): Pick<RdpCredentials, 'userName' | 'domain'> {
    return this.#known
  }

  get credentials(): RdpCredentials {
    return this.#credentials ?? NO_CREDENTIALS
  }

  readonly signIn = (credentials: RdpCredentials): void => {
    this.forget()
    this.#credentials = credentials
    const { userName, domain } = credentials
    this.#known = { userName, domain }
    this.#become({ name: 'asking' })
    void this.#askForCertificate((error) =>
      this.#fail(problemOfRefusal(error.status), wordsOf(error)),
    )
  }

  readonly trust = ({ fingerprint }: RdpCertificate): void => {
    pinCertificate(this.#options.uid, fingerprint)
    this.#connect(fingerprint)
  }

  /** Brings a lost session back now. */
  readonly retry = (): void => {
    this.#recovery.skipPause()
    void this.#askForCertificate((error) => {
      const problem = problemOfRefusal(error.status)
      if (maySoonBeOver(problem)) this.#reconnect(wordsOf(error))
      else this.#fail(problem, wordsOf(error))
    })
  }

  /** What the frame of the connection says. */
  readonly hear = (message: FromRdpFrame, send: (message: ToRdpFrame) => void): void => {
    this.#send = send
    switch (message.type) {
      case 'connected':
        if (this.#state.name !== 'connecting') break
        this.#recovery.connected()
        this.#become({ ...this.#state, name: 'connected' })
        break
      case 'crashed':
        this.#fail('crashed')
        break
      case 'ended': {
        const kind = problemOf(message.ending)
        if (kind === 'lost') this.#reconnect()
        else if (maySoonBeOver(kind) && this.#recovery.isUnderWay) this.#reconnect()
        else this.#fail(kind, hasOwnWords(kind) ? message.ending.message : undefined)
        break
      }
    }
  }

  /** The frame has not loaded: where the console server is gone, that is one more attempt. */
  readonly frameLost = (): void => {
    if (this.#recovery.isUnderWay) this.#reconnect()
    else this.#fail('notLoaded')
  }

  readonly sendKeys = (keys: 'ctrlAltDel' | 'meta'): void =>
    this.#send?.({ type: 'keys', keys })

  readonly end = (why: 'byUser' | 'idle'): void => {
    this.#send?.({ type: 'disconnect' })
    // The frame goes with the state; what it would still say is not waited for.
    this.#fail(why)
  }

  /** Its frame is going to leave the page, and the connection with it. */
  readonly rest = (): void => {
    this.#send = undefined
    switch (this.#state.name) {
      case 'signIn':
        return
      case 'asking':
      case 'confirming':
        // There was no session yet.
        this.forget()
        return this.#become({ name: 'signIn' })
      default:
        this.#recovery.forget()
        this.#question += 1
        this.#become({ name: 'resting' })
    }
  }

  /** Somebody looks at it again. */
  readonly resume = (): void => {
    if (this.#state.name === 'resting') this.retry()
  }

  /** Nothing goes on by itself from here, and the password is gone. */
  readonly forget = (): void => {
    this.#recovery.forget()
    this.#question += 1
    this.#credentials = undefined
  }

  async #askForCertificate(onFailure: (error: ApiError) => void): Promise<void> {
    this.#question += 1
    const question = this.#question
    try {
      const certificate = await this.#options.readCertificate()
      if (question !== this.#question) return
      const pinned = pinnedCertificate(this.#options.uid)
      if (pinned === certificate.fingerprint) this.#connect(pinned)
      else this.#become({ name: 'confirming', certificate, pinned })
    } catch (error) {
      if (question === this.#question) onFailure(toApiError(error))
    }
  }

  #connect(fingerprint: string): void {
    const { owner, uid } = this.#options
    this.#frames += 1
    const asksForWholePictures = wantsWholePictures(uid)
    const path = rdpSocketPath({ ...owner, fingerprint, asksForWholePictures })
    const socketUrl = new URL(path, location.origin.replace(/^http/, 'ws')).href
    this.#become({ name: 'connecting', frame: this.#frames, socketUrl })
  }

  #reconnect(message?: string): void {
    const attempt = this.#recovery.plan(this.retry)
    if (attempt === undefined) this.#fail('lost')
    else this.#become({ name: 'reconnecting', attempt, message })
  }

  #fail(kind: RdpProblem, message?: string): void {
    this.forget()
    this.#become({ name: 'signIn', problem: { kind, ...(message && { message }) } })
  }

  #become(state: RdpState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** A browser without a network has none that people understand. */
const wordsOf = ({ status, message }: ApiError): string | undefined =>
  status === 0 ? undefined : message

/** For these the client knows more than we do. */
const hasOwnWords = (kind: RdpProblem): boolean => kind === 'ended' || kind === 'negotiation'
