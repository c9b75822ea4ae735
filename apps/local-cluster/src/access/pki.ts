import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import path from 'node:path'
import { readIfThere, writeSecretFile } from './secret-file.ts'

/** A certificate and its private key, PEM. */
export interface KeyPair {
  cert: string
  key: string
}

export interface Pki {
  ca: KeyPair
  /** Of the API server's HTTPS port. */
  apiServer: KeyPair
  /** With which the API server shows itself to node agents. */
  kubeletClient: KeyPair
  /** Signs the tokens of service accounts. */
  serviceAccountKey: KeyObject
}

interface Wanted {
  file: string
  commonName: string
  organization?: string
  hosts?: string[]
  usage: 'server' | 'client'
}

const LIFETIME_DAYS = 3650
const LOOPBACK = ['127.0.0.1', '::1', 'localhost']

/**
 * Reads the cluster's keys and certificates from `directory`, making what is missing. They live
 * for ten years: this is a cluster on a developer's machine.
 */
export async function loadPki(directory: string, nodeNames: string[]): Promise<Pki> {
  const wanted: Wanted[] = [
    {
      file: 'apiserver',
      commonName: 'kube-apiserver',
      hosts: [...LOOPBACK, 'kubernetes', 'kubernetes.default', 'kubernetes.default.svc'],
      usage: 'server',
    },
    {
      file: 'apiserver-kubelet-client',
      commonName: 'kube-apiserver-kubelet-client',
      organization: 'system:masters',
      usage: 'client',
    },
    ...nodeNames.flatMap((name): Wanted[] => {
      const subject = { commonName: `system:node:${name}`, organization: 'system:nodes' }
      return [
        { file: `nodes/${name}`, ...subject, hosts: [...LOOPBACK, name], usage: 'server' },
        // With which its agent shows itself to the other nodes' agents.
        { file: `nodes/${name}-client`, ...subject, usage: 'client' },
      ]
    }),
  ]
  let ca = readPair(directory, 'ca')
  const missing = wanted.filter(({ file }) => readPair(directory, file) === undefined)
  if (ca === undefined || missing.length > 0) {
    // Only now: making certificates is rare and its library takes a while to load.
    const { issueAuthority, issueCertificate } = await import('./certificates.ts')
    if (ca === undefined) {
      ca = await issueAuthority('virtdeck-ca', LIFETIME_DAYS)
      writePair(directory, 'ca', ca)
      missing.splice(0, missing.length, ...wanted)
    }
    for (const { file, ...subject } of missing) {
      const pair = await issueCertificate(ca, { ...subject, days: LIFETIME_DAYS })
      writePair(directory, file, pair)
    }
  }
  const pairOf = (file: string): KeyPair => {
    const pair = readPair(directory, file)
    if (pair === undefined) throw new Error(`${path.join(directory, file)}.crt is missing`)
    return pair
  }
  return {
    ca,
    apiServer: pairOf('apiserver'),
    kubeletClient: pairOf('apiserver-kubelet-client'),
    serviceAccountKey: loadServiceAccountKey(path.join(directory, 'sa.key')),
  }
}

function readPair(directory: string, name: string): KeyPair | undefined {
  const cert = readIfThere(path.join(directory, `${name}.crt`))
  const key = readIfThere(path.join(directory, `${name}.key`))
  return cert === undefined || key === undefined ? undefined : { cert, key }
}

function writePair(directory: string, name: string, pair: KeyPair): void {
  writeSecretFile(path.join(directory, `${name}.key`), pair.key)
  writeSecretFile(path.join(directory, `${name}.crt`), pair.cert)
}

function loadServiceAccountKey(file: string): KeyObject {
  const stored = readIfThere(file)
  if (stored !== undefined) return createPrivateKey(stored)
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  writeSecretFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  return privateKey
}
