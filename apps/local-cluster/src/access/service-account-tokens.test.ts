import { generateKeyPairSync } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { serviceAccountTokens } from './service-account-tokens.ts'

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
const tokens = serviceAccountTokens(newKey())
const issue = (expirationSeconds = 3600) =>
  tokens.issue({ namespace: 'a', name: 'robot', uid: 'u1', audiences: [], expirationSeconds })
    .token

test('a token names its account', () => {
  expect(tokens.verify(issue())?.user).toEqual({
    name: 'system:serviceaccount:a:robot',
    groups: ['system:serviceaccounts', 'system:serviceaccounts:a', 'system:authenticated'],
    uid: 'u1',
    extra: {
      'authentication.kubernetes.io/credential-id': [
        expect.stringMatching(/^JTI=[-0-9a-f]{36}$/),
      ],
    },
  })
})

test.each([
  ['nonsense', () => 'nope'],
  [
    'a token of another cluster',
    () =>
      serviceAccountTokens(newKey()).issue({
        namespace: 'a',
        name: 'robot',
        uid: 'u1',
        audiences: [],
        expirationSeconds: 60,
      }).token,
  ],
  [
    'changed claims',
    () => issue().replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"x"}').toString('base64url')}.`),
  ],
  ['a token without a signature', () => issue().replace(/[^.]+$/, '')],
])('%s is refused', (_, make) => {
  expect(tokens.verify(make())).toBeUndefined()
})

test('a token expires', () => {
  const token = issue(60)
  vi.useFakeTimers({ now: Date.now() + 61_000 })
  expect(tokens.verify(token)).toBeUndefined()
  vi.useRealTimers()
})
