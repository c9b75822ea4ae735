import 'reflect-metadata'
import { randomBytes, webcrypto, X509Certificate as NodeCertificate } from 'node:crypto'
import { isIP } from 'node:net'
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'
import type { KeyPair } from './pki.ts'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'

export interface CertificateSubject {
  commonName: string
  organization?: string
  hosts?: string[]
  usage: 'server' | 'client'
  days: number
}

function validity(days: number): { notBefore: Date; notAfter: Date } {
  const now = Date.now()
  // An hour back, for a clock that is corrected after the start.
  return { notBefore: new Date(now - 3_600_000), notAfter: new Date(now + days * 86_400_000) }
}

const serialNumber = (): string => `00${randomBytes(12).toString('hex')}`

async function makeKeys(): Promise<{ keys: webcrypto.CryptoKeyPair; pem: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return { keys, pem: PemConverter.encode(pkcs8, 'PRIVATE KEY') }
}

/** A new self-signed certificate authority. */
export async function issueAuthority(commonName: string, days: number): Promise<KeyPair> {
  const { keys, pem } = await makeKeys()
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [commonName] }],
    ...validity(days),
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { cert: certificate.toString('pem'), key: pem }
}

/** A new certificate signed by the authority. */
export async function issueCertificate(
  authority: KeyPair,
  subject: CertificateSubject,
): Promise<KeyPair> {
  const issuer = new X509Certificate(new NodeCertificate(authority.cert).raw)
  const signingKey = await webcrypto.subtle.importKey(
    'pkcs8',
    PemConverter.decodeFirst(authority.key),
    ALGORITHM,
    false,
    ['sign'],
  )
  const { keys, pem } = await makeKeys()
  const { commonName, organization, hosts = [], usage, days } = subject
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [
      ...(organization === undefined ? [] : [{ O: [organization] }]),
      { CN: [commonName] },
    ],
    issuer: issuer.subjectName,
    ...validity(days),
    signingAlgorithm: ALGORITHM,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([usage === 'server' ? SERVER_AUTH : CLIENT_AUTH]),
      await AuthorityKeyIdentifierExtension.create(issuer),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(hosts.length === 0 ? [] : [alternativeNames(hosts)]),
    ],
  })
  return { cert: certificate.toString('pem'), key: pem }
}

function alternativeNames(hosts: string[]): SubjectAlternativeNameExtension {
  return new SubjectAlternativeNameExtension(
    hosts.map((value) => ({
      type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const),
      value,
    })),
  )
}
