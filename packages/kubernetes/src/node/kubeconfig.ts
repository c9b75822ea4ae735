import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parse } from 'yaml'

/** What a process needs to reach one cluster as one user. */
export interface ClusterConnection {
  /** Base URL of the API server, without a trailing slash. */
  server: string
  /** PEM of the certificate authority. */
  certificateAuthority?: string
  token?: string
  /** PEM pair for client-certificate authentication. */
  clientCertificate?: string
  clientKey?: string
  insecureSkipTlsVerify?: boolean
  /** The context's default namespace. */
  namespace?: string
}

interface Kubeconfig {
  'current-context'?: string
  contexts?: { name: string; context: { cluster: string; user: string; namespace?: string } }[]
  clusters?: { name: string; cluster: Record<string, string | boolean> }[]
  users?: { name: string; user: Record<string, unknown> }[]
}

/**
 * Reads a kubeconfig with static credentials (token or client certificate), as our own
 * components use. Exec plug-ins and OIDC are for `@kubernetes/client-node` in the BFF.
 */
export async function loadKubeconfig(
  file: string,
  context?: string,
): Promise<ClusterConnection> {
  const config = parse(await readFile(file, 'utf8')) as Kubeconfig
  const wanted = context ?? config['current-context']
  const found = config.contexts?.find(({ name }) => name === wanted)?.context
  const cluster = config.clusters?.find(({ name }) => name === found?.cluster)?.cluster
  const user = config.users?.find(({ name }) => name === found?.user)?.user ?? {}
  if (!found || !cluster) throw new Error(`${file} has no context "${wanted ?? ''}"`)

  const pem = async (source: Record<string, unknown>, field: string) => {
    const data = source[`${field}-data`]
    if (typeof data === 'string') return Buffer.from(data, 'base64').toString('utf8')
    const path = source[field]
    if (typeof path === 'string') return readFile(resolve(dirname(file), path), 'utf8')
    return undefined
  }
  const connection: ClusterConnection = { server: String(cluster['server']).replace(/\/$/, '') }
  const authority = await pem(cluster, 'certificate-authority')
  const certificate = await pem(user, 'client-certificate')
  const key = await pem(user, 'client-key')
  if (authority !== undefined) connection.certificateAuthority = authority
  if (certificate !== undefined) connection.clientCertificate = certificate
  if (key !== undefined) connection.clientKey = key
  if (typeof user['token'] === 'string') connection.token = user['token']
  if (cluster['insecure-skip-tls-verify'] === true) connection.insecureSkipTlsVerify = true
  if (found.namespace !== undefined) connection.namespace = found.namespace
  return connection
}
