import {
  createHash,
  createPublicKey,
  randomUUID,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { serviceAccountUser, type User } from './user.ts'

export const ISSUER = 'https://kubernetes.default.svc.cluster.local'

/** An object by its name and uid, as claims name it. */
export interface BoundObject {
  name: string
  uid: string
}

export interface TokenSubject {
  namespace: string
  name: string
  uid: string
  audiences: string[]
  expirationSeconds: number
  /** A token dies with the pod or secret that it is bound to. */
  boundTo?: { kind: 'Pod' | 'Secret' } & BoundObject
}

interface Claims {
  iss: string
  sub: string
  aud: string[]
  exp: number
  jti: string
  'kubernetes.io': {
    namespace: string
    serviceaccount: BoundObject
    pod?: BoundObject
    secret?: BoundObject
  }
}

export interface ServiceAccountTokens {
  issue: (subject: TokenSubject) => { token: string; expirationTimestamp: string }
  /** The user and audiences of a valid token; undefined otherwise. */
  verify: (token: string) => { user: User; audiences: string[]; claims: Claims } | undefined
  /** The public key as a JSON Web Key Set, for those who verify tokens themselves. */
  keySet: object
}

const encode = (value: object): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url')

/** Tokens of service accounts: JWTs as a TokenRequest issues them, signed with the cluster's key. */
export function serviceAccountTokens(privateKey: KeyObject): ServiceAccountTokens {
  const publicKey = createPublicKey(privateKey)
  const key = publicKey.export({ format: 'jwk' })
  const keyId = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
  const header = encode({ alg: 'ES256', kid: keyId })
  return {
    keySet: {
      keys: [
        {
          use: 'sig',
          kty: key.kty,
          kid: keyId,
          crv: key.crv,
          alg: 'ES256',
          x: key.x,
          y: key.y,
        },
      ],
    },
    issue: (subject) => {
      const claims = claimsOf(subject)
      const text = `${header}.${encode(claims)}`
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
      const [first, payload, signature, ...rest] = token.split('.')
      if (
        first !== header ||
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
      return { user: userOf(claims), audiences: claims.aud, claims }
    },
  }
}

function claimsOf(subject: TokenSubject): Claims & { iat: number; nbf: number } {
  const { namespace, name, uid, audiences, expirationSeconds, boundTo } = subject
  const now = Math.floor(Date.now() / 1000)
  const bound = boundTo === undefined ? {} : { name: boundTo.name, uid: boundTo.uid }
  return {
    aud: audiences.length === 0 ? [ISSUER] : audiences,
    exp: now + expirationSeconds,
    iat: now,
    iss: ISSUER,
    jti: randomUUID(),
    'kubernetes.io': {
      namespace,
      ...(boundTo === undefined ? {} : { [boundTo.kind.toLowerCase()]: bound }),
      serviceaccount: { name, uid },
    },
    nbf: now,
    sub: `system:serviceaccount:${namespace}:${name}`,
  }
}

/** The account's user, with what the token tells besides. */
function userOf({ jti, 'kubernetes.io': claims }: Claims): User {
  const { namespace, serviceaccount, pod } = claims
  return {
    ...serviceAccountUser(namespace, serviceaccount.name, serviceaccount.uid),
    extra: {
      'authentication.kubernetes.io/credential-id': [`JTI=${jti}`],
      ...(pod === undefined
        ? {}
        : {
            'authentication.kubernetes.io/pod-name': [pod.name],
            'authentication.kubernetes.io/pod-uid': [pod.uid],
          }),
    },
  }
}
