import { EncryptJWT, jwtDecrypt } from 'jose'
import { sessionSchema, type UserSession } from './session.ts'

/** Turns sessions into encrypted text (JWE, AES-256-GCM) and back. */
export class SessionSeal {
  readonly #key: Uint8Array

  constructor(key: Uint8Array) {
    this.#key = key
  }

  seal(session: UserSession): Promise<string> {
    return new EncryptJWT({ session })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setExpirationTime(Math.floor(session.expiresAt / 1000))
      .encrypt(this.#key)
  }

  /** Undefined for anything expired, altered, or sealed with another key. */
  async unseal(text: string, now: number): Promise<UserSession | undefined> {
    try {
      const { payload } = await jwtDecrypt(text, this.#key, {
        currentDate: new Date(now),
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
      })
      return sessionSchema.parse(payload['session'])
    } catch {
      return undefined
    }
  }
}
