import { StatusError, type KubernetesObject } from '@virtdeck/kubernetes'
import { SUBRESOURCES } from '../index.ts'
import type { ObjectAccess, ObjectKey, SubresourceRequest } from '../subresource.ts'

const keyOf = ({ resource, name }: ObjectKey) => `${resource}/${name}`

/** Objects in memory, by `<resource>/<name>`; what is created and deleted is noted. */
export function fakeObjects(initial: Record<string, object>) {
  const stored = new Map(Object.entries(initial) as [string, KubernetesObject][])
  const created: KubernetesObject[] = []
  const deleted: unknown[] = []
  const objects: ObjectAccess = {
    find: (key) => stored.get(keyOf(key)),
    list: ({ resource }) =>
      [...stored].filter(([key]) => key.startsWith(`${resource}/`)).map(([, object]) => object),
    create: (_kind, object) => {
      created.push(object)
      return Promise.resolve(object)
    },
    mutate: (key, change) => {
      const object = structuredClone(stored.get(keyOf(key)) ?? {})
      change(object)
      stored.set(keyOf(key), object)
      return Promise.resolve(object)
    },
    delete: (key, options) => {
      deleted.push({ key: keyOf(key), ...options })
      return Promise.resolve({})
    },
  }
  return { objects, stored, created, deleted }
}

interface Call {
  resource?: string
  body?: object
  accept?: string
  rest?: string[]
  dryRun?: boolean
}

/** Calls a subresource of the object `vm-a`; a refusal is its Status. */
export async function call(objects: ObjectAccess, subresource: string, options: Call = {}) {
  const { resource = 'virtualmachines', body, accept, rest = [], dryRun = false } = options
  const handler = SUBRESOURCES.find(
    (entry) => entry.resource === resource && entry.subresource === subresource,
  )
  if (!handler) throw new Error(`no subresource ${resource}/${subresource}`)
  const request: SubresourceRequest = {
    user: { name: 'admin', groups: [] },
    method: handler.methods[0] ?? 'GET',
    url: new URL('https://localhost/'),
    headers: accept ? { accept } : {},
    version: 'v1',
    namespace: 'development',
    name: 'vm-a',
    rest,
    body: () => Promise.resolve(body),
    dryRun,
    warn: () => {},
    services: {
      objects,
      nodeAgentTls: { ca: '', cert: '', key: '' },
      exporterSocket: '',
      issueServiceAccountToken: () =>
        Promise.resolve({ token: 'token', expirationTimestamp: '2030-01-01T00:00:00Z' }),
    },
    signal: new AbortController().signal,
  }
  try {
    // These handlers never touch the raw response.
    return await handler.handle(request, undefined as never)
  } catch (error) {
    if (error instanceof StatusError) return error.status
    throw error
  }
}
