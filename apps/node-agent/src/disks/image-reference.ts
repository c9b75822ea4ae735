/** The parts of a container image's name. */
export interface ImageReference {
  /** Host and port of the registry. */
  registry: string
  repository: string
  /** A tag, or a digest such as `sha256:…`. */
  version: string
}

/**
 * Splits an image's name as container runtimes do: `fedora` is
 * `docker.io/library/fedora:latest`. Undefined if it is no such name.
 * Source: distribution/reference `normalize.go`.
 */
export function parseImageReference(image: string): ImageReference | undefined {
  const match = /^([^@]+?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(image)
  const [, name, tag, digest] = match ?? []
  if (name === undefined) return undefined
  const slash = name.indexOf('/')
  const first = name.slice(0, Math.max(0, slash))
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost'
  const registry = hasRegistry ? first : 'docker.io'
  const path = hasRegistry ? name.slice(slash + 1) : name
  if (!/^[a-z0-9]+(?:[._/-]+[a-z0-9]+)*$/.test(path)) return undefined
  const repository = registry === 'docker.io' && !path.includes('/') ? `library/${path}` : path
  return { registry, repository, version: digest ?? tag ?? 'latest' }
}

/** The name in full, as container runtimes print it. */
export function formatImageReference(reference: ImageReference): string {
  const { registry, repository, version } = reference
  const separator = version.startsWith('sha256:') ? '@' : ':'
  return `${registry}/${repository}${separator}${version}`
}
