/** A request to a resource, taken apart. */
export interface ResourceRequest {
  kind: 'resource'
  /** '' for the core group. */
  group: string
  version: string
  /** '' for cluster-scoped paths and all namespaces. */
  namespace: string
  resource: string
  name: string
  subresource: string
  /** Segments behind the subresource. */
  rest: string[]
  verb: string
}

/** Anything else: discovery, health, OpenAPI. */
export interface PathRequest {
  kind: 'path'
  path: string
  verb: string
}

export type RequestInfo = ResourceRequest | PathRequest

const VERBS: Record<string, string> = {
  GET: 'get',
  HEAD: 'get',
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
}

const isTrue = (value: string | null): boolean =>
  value !== null && value !== '0' && value.toLowerCase() !== 'false'

export const flag = (url: URL, name: string): boolean => isTrue(url.searchParams.get(name))

/** Takes a request's method and URL apart, as a kube-apiserver's RequestInfo. */
export function requestInfoOf(method: string, url: URL): RequestInfo {
  const verb = VERBS[method] ?? method.toLowerCase()
  const [prefix, ...segments] = url.pathname.split('/').slice(1)
  const nothing: PathRequest = { kind: 'path', path: url.pathname, verb: method.toLowerCase() }
  if (prefix !== 'api' && prefix !== 'apis') return nothing
  const group = prefix === 'api' ? '' : segments.shift()
  const version = segments.shift()
  if (group === undefined || version === undefined || segments.length === 0) return nothing
  const parts = segments.map(decode)
  let namespace = ''
  if (parts[0] === 'namespaces' && parts.length > 2 && !isNamespaceSubresource(parts)) {
    namespace = parts[1] ?? ''
    parts.splice(0, 2)
  }
  const [resource = '', name = '', subresource = '', ...rest] = parts
  if (resource === '') return nothing
  // RBAC counts an object of the namespaces resource as being in itself.
  const own = group === '' && resource === 'namespaces' ? name : namespace
  return {
    kind: 'resource',
    group,
    version,
    namespace: own,
    resource,
    name,
    subresource,
    rest,
    verb: verbOf(verb, name, url),
  }
}

function isNamespaceSubresource(parts: string[]): boolean {
  return parts.length === 3 && (parts[2] === 'status' || parts[2] === 'finalize')
}

function verbOf(verb: string, name: string, url: URL): string {
  if (name !== '') return verb
  if (verb === 'get') return flag(url, 'watch') ? 'watch' : 'list'
  return verb === 'delete' ? 'deletecollection' : verb
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

/** The name that `fieldSelector=metadata.name=x` narrows a list to; RBAC looks at it. */
export function selectedName(url: URL): string | undefined {
  return /(?:^|,)metadata\.name==?([^,]+)/.exec(
    url.searchParams.get('fieldSelector') ?? '',
  )?.[1]
}
