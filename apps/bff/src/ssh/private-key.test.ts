import { generateKeyPairSync } from 'node:crypto'
import { expect, it } from 'vitest'
import { readPrivateKey } from './private-key.ts'

const publicKeyEncoding = { type: 'spki', format: 'pem' } as const
const format = 'pem'
const LOCK = { cipher: 'aes-256-cbc', passphrase: 'open' } as const

const rsa = (type: 'pkcs1' | 'pkcs8', lock: typeof LOCK | undefined): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type, format, ...lock },
    publicKeyEncoding,
  }).privateKey

const ec = (type: 'sec1' | 'pkcs8', lock: typeof LOCK | undefined): string =>
  generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    privateKeyEncoding: { type, format, ...lock },
    publicKeyEncoding,
  }).privateKey

it.each([
  ['RSA', () => rsa('pkcs1', undefined), undefined, 'ssh-rsa'],
  ['RSA, locked', () => rsa('pkcs1', LOCK), 'open', 'ssh-rsa'],
  ['RSA in PKCS #8', () => rsa('pkcs8', undefined), undefined, 'ssh-rsa'],
  ['RSA in PKCS #8, locked', () => rsa('pkcs8', LOCK), 'open', 'ssh-rsa'],
  ['EC', () => ec('sec1', undefined), undefined, 'ecdsa-sha2-nistp256'],
  ['EC in PKCS #8, locked', () => ec('pkcs8', LOCK), 'open', 'ecdsa-sha2-nistp256'],
])('F-45 a key of OpenSSL is read: %s', (_name, make, passphrase, type) => {
  // Without the last end of line, as it is copied.
  expect(readPrivateKey(make().trim(), passphrase).type).toBe(type)
})

it.each([
  ['pkcs1', 'shut'],
  ['pkcs1', undefined],
  ['pkcs8', 'shut'],
  ['pkcs8', undefined],
] as const)('F-45 a locked key (%s) is not opened with %s', (type, passphrase) => {
  expect(() => readPrivateKey(rsa(type, LOCK), passphrase)).toThrow('The passphrase')
})

it.each(['nonsense', '-----BEGIN PRIVATE KEY-----\nMIG\n-----END PRIVATE KEY-----'])(
  'F-45 what is no key is none: %j',
  (text) => {
    expect(() => readPrivateKey(text, undefined)).toThrow('cannot be read')
  },
)
