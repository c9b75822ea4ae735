import type { RequestOptions } from 'node:https'
import { KubeConfig } from '@kubernetes/client-node'
import { StartError, type Config } from '../config.ts'

/** How to reach the cluster, and what the BFF itself authenticates with. */
export interface OwnIdentity {
  server: URL
  /** The cluster as people call it: the context's name, or the API server's host. */
  clusterName: string
  /** The context's namespace, where there is one. */
  namespace: string | undefined
  /** Current TLS settings and headers; exec plug-ins and token files renew them. */
  credentials: () => Promise<OwnCredentials>
}

export interface OwnCredentials {
  tls: TlsTrust & { cert?: string; key?: string }
  headers: Record<string, string>
}

/** What it takes to trust the API server, without saying who asks. */
export interface TlsTrust {
  ca?: string
  servername?: string
  rejectUnauthorized?: boolean
}

/** An exec plug-in is asked at most this often; it caches as well, but the parsing is ours. */
const CREDENTIALS_AGE_MS = 10_000

/** Loads a kubeconfig, or the pod's service account, with client-node's own rules. */
export function loadOwnIdentity(config: Pick<Config, 'kubeconfig' | 'context'>): OwnIdentity {
  const kubeConfig = loadKubeConfig(config)
  const cluster = kubeConfig.getCurrentCluster()
  if (!cluster) {
    const context = config.context ?? kubeConfig.getCurrentContext()
    throw new StartError(
      `${config.kubeconfig ?? 'The kubeconfig'} has no context "${context}".`,
    )
  }
  const server = new URL(cluster.server)
  const inCluster = config.kubeconfig === undefined
  let known: { at: number; credentials: Promise<OwnCredentials> } | undefined
  return {
    server,
    clusterName: inCluster ? server.host : kubeConfig.getCurrentContext(),
    namespace: kubeConfig.getContextObject(kubeConfig.getCurrentContext())?.namespace,
    credentials: () => {
      if (known && Date.now() - known.at < CREDENTIALS_AGE_MS) return known.credentials
      const credentials = readCredentials(kubeConfig)
      known = { at: Date.now(), credentials }
      credentials.catch(() => (known = undefined))
      return credentials
    },
  }
}

function loadKubeConfig({ kubeconfig, context }: Pick<Config, 'kubeconfig' | 'context'>) {
  const result = new KubeConfig()
  if (kubeconfig === undefined) {
    if (!process.env['KUBERNETES_SERVICE_HOST']) {
      throw new StartError('Give --kubeconfig FILE, or run it in a pod with a service account.')
    }
    result.loadFromCluster()
    return result
  }
  try {
    result.loadFromFile(kubeconfig)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new StartError(`The kubeconfig ${kubeconfig} cannot be read: ${why}`)
  }
  if (context !== undefined) result.setCurrentContext(context)
  return result
}

async function readCredentials(kubeConfig: KubeConfig): Promise<OwnCredentials> {
  const options: RequestOptions = {}
  await kubeConfig.applyToHTTPSOptions(options)
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value !== undefined) headers[name.toLowerCase()] = String(value)
  }
  if (options.auth) {
    headers['authorization'] = `Basic ${Buffer.from(options.auth).toString('base64')}`
  }
  const { ca, cert, key, servername, rejectUnauthorized } = options
  return {
    headers,
    tls: {
      ...(ca && { ca: pemOf(ca) }),
      ...(cert && { cert: pemOf(cert) }),
      ...(key && { key: pemOf(key) }),
      ...(servername && { servername }),
      ...(rejectUnauthorized === false && { rejectUnauthorized }),
    },
  }
}

/** client-node gives one text or buffer; TLS would take lists, too. */
function pemOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('utf8')
  if (typeof value === 'string') return value
  throw new Error('the kubeconfig holds a certificate or key in a form that is not known')
}
