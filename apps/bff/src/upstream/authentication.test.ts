import { expect, it } from 'vitest'
import { authorizationOf, tlsFor } from './authentication.ts'
import type { OwnCredentials } from './own-identity.ts'

const own: OwnCredentials = {
  tls: { ca: 'CA', servername: 'kubernetes', cert: 'OWN CERTIFICATE', key: 'OWN KEY' },
  headers: { authorization: 'Bearer own' },
}

it('a user is never taken for the BFF by its client certificate or token', () => {
  const jane = { kind: 'token', token: 'jane' } as const
  expect(tlsFor(jane, own)).toEqual({ ca: 'CA', servername: 'kubernetes' })
  expect(authorizationOf(jane, own)).toEqual({ authorization: 'Bearer jane' })
})

it('the BFF itself uses all that its kubeconfig has', () => {
  expect(tlsFor({ kind: 'own' }, own)).toEqual(own.tls)
  expect(authorizationOf({ kind: 'own' }, own)).toEqual({ authorization: 'Bearer own' })
})
