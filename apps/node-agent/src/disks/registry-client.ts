import { request, type Dispatcher } from 'undici'
import { formatImageReference, type ImageReference } from './image-reference.ts'

/** A part of an image in a registry. */
export interface Descriptor {
  mediaType: string
  digest: string
  size: number
  platform?: { os: string; architecture: string }
}

interface Manifest {
  mediaType?: string
  manifests?: Descriptor[]
  layers?: Descriptor[]
}

const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
]
const MOST_REDIRECTS = 5

/**
 * Reads images by the OCI distribution API. Registries on loopback are spoken to without TLS,
 * as container runtimes do it.
 */
export class RegistryClient {
  readonly #reference: ImageReference
  #token: string | undefined

  constructor(reference: ImageReference) {
    this.#reference = reference
  }

  /** The image's layers for this kind of machine. */
  async layers(): Promise<Descriptor[]> {
    const { version } = this.#reference
    const manifest = await this.#manifest(version)
    if (manifest.layers !== undefined) return manifest.layers
    const wanted = manifest.manifests?.find(
      ({ platform }) => platform?.os === 'linux' && platform.architecture === 'amd64',
    )
    if (wanted === undefined) {
      throw new Error(`no match for platform linux/amd64 in ${this.#name}`)
    }
    return (await this.#manifest(wanted.digest)).layers ?? []
  }

  /** The bytes of a layer as they arrive. */
  async blob({ digest }: Descriptor): Promise<Dispatcher.ResponseData['body']> {
    return (await this.#get(`blobs/${digest}`)).body
  }

  async #manifest(version: string): Promise<Manifest> {
    const response = await this.#get(`manifests/${version}`, MANIFEST_TYPES.join(', '))
    return (await response.body.json()) as Manifest
  }

  get #name(): string {
    return formatImageReference(this.#reference)
  }

  async #get(path: string, accept = '*/*'): Promise<Dispatcher.ResponseData> {
    const { registry, repository } = this.#reference
    const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry
    const isLocal = /^(localhost|127\.0\.0\.1)(:|$)/.test(host)
    const url = `${isLocal ? 'http' : 'https'}://${host}/v2/${repository}/${path}`
    let response = await this.#request(url, accept)
    if (response.statusCode === 401 && this.#token === undefined) {
      await response.body.dump()
      this.#token = await this.#fetchToken(String(response.headers['www-authenticate'] ?? ''))
      response = await this.#request(url, accept)
    }
    if (response.statusCode === 200) return response
    await response.body.dump()
    if (response.statusCode === 404) throw new Error(`${this.#name}: not found`)
    if (response.statusCode === 401 || response.statusCode === 403) {
      throw new Error(
        `pull access denied for ${this.#name}: it does not exist or needs authorization`,
      )
    }
    throw new Error(`unexpected status from GET request to ${url}: ${response.statusCode}`)
  }

  async #request(url: string, accept: string): Promise<Dispatcher.ResponseData> {
    let target = url
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      // Storage behind a registry is another host: it must not see the token.
      const authorized = this.#token !== undefined && sameOrigin(target, url)
      const headers = {
        accept,
        ...(authorized && { authorization: `Bearer ${this.#token}` }),
      }
      const response = await this.#send(target, headers)
      const { location } = response.headers
      if (response.statusCode < 300 || response.statusCode >= 400) return response
      await response.body.dump()
      target = new URL(String(location), target).href
    }
    throw new Error(`too many redirects from ${url}`)
  }

  async #send(url: string, headers: Record<string, string>): Promise<Dispatcher.ResponseData> {
    try {
      return await request(url, { headers, headersTimeout: 30_000, bodyTimeout: 60_000 })
    } catch (error) {
      throw new Error(
        `failed to resolve reference "${this.#name}": failed to do request: Get "${url}": ${reasonOf(error)}`,
        { cause: error },
      )
    }
  }

  /** Source: distribution/spec `auth/token.md`. */
  async #fetchToken(challenge: string): Promise<string> {
    const fields = new Map(
      [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value ?? '']),
    )
    const realm = fields.get('realm')
    if (!challenge.toLowerCase().startsWith('bearer ') || realm === undefined) {
      throw new Error(`pull access denied for ${this.#name}: authorization is needed`)
    }
    const url = new URL(realm)
    for (const key of ['service', 'scope']) {
      const value = fields.get(key)
      if (value !== undefined) url.searchParams.set(key, value)
    }
    const response = await this.#send(url.href, { accept: 'application/json' })
    const body = (await response.body.json()) as { token?: string; access_token?: string }
    const token = body.token ?? body.access_token
    if (token === undefined) throw new Error(`pull access denied for ${this.#name}`)
    return token
  }
}

const sameOrigin = (left: string, right: string): boolean =>
  new URL(left).origin === new URL(right).origin

/** What went wrong in the words of container runtimes where they are well known. */
function reasonOf(error: unknown): string {
  const { code, message, hostname } = error as NodeJS.ErrnoException & { hostname?: string }
  if (code === 'ENOTFOUND') return `dial tcp: lookup ${hostname ?? ''}: no such host`
  if (code === 'EAI_AGAIN') return `dial tcp: lookup ${hostname ?? ''}: server misbehaving`
  if (code === 'ECONNREFUSED') return 'dial tcp: connect: connection refused'
  return message || String(code)
}
