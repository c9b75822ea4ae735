import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto'
import { serviceAccountUser, type User } from './user.ts'

export const ISSUER = 'https://kubernetes.default.svc'

export interface TokenSubject {
  namespace: string
  name: string
  uid: string
  audiences: string[]
  expirationSeconds: number
}

interface Claims {
  iss: string
  sub: string
  aud: string[]
  exp: number
  'kubernetes.io': { namespace: string; serviceaccount: { name: string; uid: string } }
}

export interface ServiceAccountTokens {
  issue: (subject: TokenSubject) => { token: string; expirationTimestamp: string }
  /** The user and audiences of a valid token; undefined otherwise. */
  verify: (token: string) => { user: User; audiences: string[]; claims: Claims } | undefined
}

const encode = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url')
const HEADER = encode({ alg: 'ES256', typ: 'JWT' })

/** Tokens of service accounts: JWTs as a TokenRequest issues them, signed with the cluster's key. */
export function serviceAccountTokens(privateKey: KeyObject): ServiceAccountTokens {
  const publicKey = createPublicKey(privateKey)
  return {
    issue: ({ namespace, name, uid, audiences, expirationSeconds }) => {
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: ISSUER,
        sub: `system:serviceaccount:${namespace}:${name}`,
        aud: audiences.length === 0 ? [ISSUER] : audiences,
        iat: now,
        nbf: now,
        exp: now + expirationSeconds,
        'kubernetes.io': { namespace, serviceaccount: { name, uid } },
      }
      const text = `${HEADER}.${encode(claims)}`
      const signature = sign('sha256', Buffer.from(text), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      })
      return {
        token: `${text}.${signature.toString('base64url')}`,
        expirationTimestamp: new Date(claims.exp * 1000).toISOString().replace('.000Z', 'Z'),
      }
    },
    verify: (token) => {
      const [header, payload, signature, ...rest] = token.split('.')
      if (
        header !== HEADER ||
        payload === undefined ||
        signature === undefined ||
        rest.length > 0
      ) {
        return undefined
      }
      const genuine = verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        { key: publicKey, dsaEncoding: 'ieee-p1363' },
        Buffer.from(signature, 'base64url'),
      )
      if (!genuine) return undefined
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims
      if (claims.exp * 1000 < Date.now()) return undefined
      const { namespace, serviceaccount } = claims['kubernetes.io']
      const user = serviceAccountUser(namespace, serviceaccount.name, serviceaccount.uid)
      return { user, audiences: claims.aud, claims }
    },
  }
}
