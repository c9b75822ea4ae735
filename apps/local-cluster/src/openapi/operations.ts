import { refTo } from './schemas.ts'
import type { SubresourceHandler } from '../subresources/subresource.ts'
import type { ServedKind, VirtualResource } from './document.ts'

type Operation = Record<string, unknown>
export type Operations = Partial<
  Record<'get' | 'post' | 'put' | 'patch' | 'delete', Operation>
> & {
  parameters?: object[]
}

interface OperationOptions {
  kind: ServedKind
  component: string
  subresource?: string
  allNamespaces?: boolean
}

const query = (name: string, description: string, type = 'string') => ({
  name,
  in: 'query',
  description,
  schema: { type, uniqueItems: true },
})

const PRETTY = query('pretty', "If 'true', then the output is pretty printed.")
/** kubectl sends dry runs and field validation only where these are listed. */
const WRITE = [
  PRETTY,
  query(
    'dryRun',
    'When present, indicates that modifications should not be persisted. Valid values are: - All: all dry run stages will be processed',
  ),
  query(
    'fieldManager',
    'fieldManager is a name associated with the actor or entity that is making these changes.',
  ),
  query(
    'fieldValidation',
    'fieldValidation instructs the server on how to handle objects in the request (POST/PUT/PATCH) containing unknown or duplicate fields. Valid values are: Ignore, Warn, Strict',
  ),
]
const FORCE = query(
  'force',
  'Force is going to "force" Apply requests. It means user will re-acquire conflicting fields owned by other people.',
  'boolean',
)
const LIST = [
  PRETTY,
  query(
    'allowWatchBookmarks',
    'allowWatchBookmarks requests watch events with type "BOOKMARK".',
    'boolean',
  ),
  query(
    'continue',
    'The continue option should be set when retrieving more results from the server.',
  ),
  query(
    'fieldSelector',
    'A selector to restrict the list of returned objects by their fields.',
  ),
  query(
    'labelSelector',
    'A selector to restrict the list of returned objects by their labels.',
  ),
  query(
    'limit',
    'limit is a maximum number of responses to return for a list call.',
    'integer',
  ),
  query(
    'resourceVersion',
    'resourceVersion sets a constraint on what resource versions a request may be served from.',
  ),
  query(
    'resourceVersionMatch',
    'resourceVersionMatch determines how resourceVersion is applied to list calls.',
  ),
  query(
    'sendInitialEvents',
    '`sendInitialEvents=true` may be set together with `watch=true`.',
    'boolean',
  ),
  query('timeoutSeconds', 'Timeout for the list/watch call.', 'integer'),
  query(
    'watch',
    'Watch for changes to the described resources and return them as a stream.',
    'boolean',
  ),
]
const DELETE = [
  ...WRITE.slice(0, 2),
  query(
    'gracePeriodSeconds',
    'The duration in seconds before the object should be deleted.',
    'integer',
  ),
  query('orphanDependents', 'Deprecated: please use the PropagationPolicy.', 'boolean'),
  query('propagationPolicy', 'Whether and how garbage collection will be performed.'),
]
const DELETE_OPTIONS = 'io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions'
const STATUS = 'io.k8s.apimachinery.pkg.apis.meta.v1.Status'

export function collectionOperations(options: OperationOptions): Operations {
  const { component } = options
  return {
    get: operation(options, { action: 'list', parameters: LIST, answer: `${component}List` }),
    post: operation(options, {
      action: 'post',
      parameters: WRITE,
      body: content(['*/*'], component),
      answer: component,
    }),
    delete: operation(options, {
      action: 'deletecollection',
      parameters: [...DELETE, ...LIST.slice(2)],
      body: content(['*/*'], DELETE_OPTIONS),
      answer: STATUS,
    }),
  }
}

export function objectOperations(options: OperationOptions): Operations {
  const { component, kind } = options
  const patchTypes = [
    'application/apply-patch+yaml',
    'application/json-patch+json',
    'application/merge-patch+json',
    ...(kind.definition.custom ? [] : ['application/strategic-merge-patch+json']),
  ]
  return {
    get: operation(options, { action: 'get', parameters: [PRETTY], answer: component }),
    put: operation(options, {
      action: 'put',
      parameters: WRITE,
      body: content(['*/*'], component),
      answer: component,
    }),
    patch: operation(options, {
      action: 'patch',
      parameters: [...WRITE, FORCE],
      body: content(patchTypes, 'io.k8s.apimachinery.pkg.apis.meta.v1.Patch'),
      answer: component,
    }),
    delete: operation(options, {
      action: 'delete',
      parameters: DELETE,
      body: content(['*/*'], DELETE_OPTIONS),
      answer: STATUS,
    }),
  }
}

function operation(
  { kind: { definition, version }, subresource = '', allNamespaces }: OperationOptions,
  details: { action: string; parameters: object[]; body?: object; answer: string },
): Operation {
  const { group, kind, namespaced } = definition
  const { action, parameters, body, answer } = details
  const scope = allNamespaces ? 'ForAllNamespaces' : namespaced ? 'Namespaced' : ''
  return {
    tags: [`${group || 'core'}_${version}`],
    operationId: `${action}${scope}${kind}${subresource}`,
    parameters,
    ...(body && { requestBody: { content: body } }),
    responses: {
      200: { description: 'OK', content: content(['application/json'], answer) },
      401: { description: 'Unauthorized' },
    },
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': { group, version, kind },
  }
}

function content(mediaTypes: string[], component: string): Record<string, object> {
  return Object.fromEntries(mediaTypes.map((type) => [type, { schema: refTo(component) }]))
}

/** A review is posted and comes back with its status. */
export function reviewOperations(resource: VirtualResource, component: string): Operations {
  const { group, version, kind } = resource
  return {
    post: {
      tags: [`${group}_${version}`],
      operationId: `create${kind}`,
      parameters: WRITE,
      requestBody: { content: content(['*/*'], component) },
      responses: {
        201: { description: 'Created', content: content(['application/json'], component) },
        401: { description: 'Unauthorized' },
      },
      'x-kubernetes-action': 'post',
      'x-kubernetes-group-version-kind': { group, version, kind },
    },
  }
}

const METHODS = {
  GET: 'get',
  POST: 'post',
  PUT: 'put',
  PATCH: 'patch',
  DELETE: 'delete',
} as const

/** What exists below objects; bodies and answers are as various as the endpoints. */
export function subresourceOperations(
  handler: SubresourceHandler,
  version: string,
): Operations {
  const { group, resource, subresource = '', methods, discovery } = handler
  const kind = discovery?.kind
  const operations: Operations = {}
  for (const method of methods) {
    const name = METHODS[method as keyof typeof METHODS]
    operations[name] = {
      tags: [`${group || 'core'}_${version}`],
      operationId: `${name}_${version}_${resource}_${subresource.replaceAll('/', '_')}`,
      responses: {
        200: { description: 'OK' },
        401: { description: 'Unauthorized' },
      },
      'x-kubernetes-action': name === 'get' ? 'connect' : name,
      ...(kind && {
        'x-kubernetes-group-version-kind': {
          group: discovery.group ?? group,
          version: discovery.version ?? version,
          kind,
        },
      }),
    }
  }
  return operations
}

/** Every name in braces is a parameter that all operations of the path have. */
export function withPathParameters(path: string, operations: Operations): Operations {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
  if (names.length === 0) return operations
  const parameters = names.map((name) => ({
    name,
    in: 'path',
    required: true,
    description:
      name === 'namespace'
        ? 'object name and auth scope, such as for teams and projects'
        : 'name of the object',
    schema: { type: 'string', uniqueItems: true },
  }))
  return { ...operations, parameters }
}
