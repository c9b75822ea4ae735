import { KUBEVIRT_VERSION } from '../seed/operators.ts'
import type { SubresourceHandler } from './subresource.ts'
import { SUBRESOURCES_API } from './virtual-machine-objects.ts'

const VERSION = {
  gitVersion: KUBEVIRT_VERSION,
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'go1.24.0',
  compiler: 'gc',
  platform: 'linux/amd64',
}

/** virtctl compares its own version with this one, and warns. */
export const kubevirtVersion: SubresourceHandler[] = [
  endpoint('version', VERSION),
  endpoint('healthz', { apiserver: { connectivity: 'ok', version: VERSION } }),
]

function endpoint(resource: string, body: object): SubresourceHandler {
  return {
    ...SUBRESOURCES_API,
    resource,
    subresource: undefined,
    scope: 'group',
    namespaced: false,
    methods: ['GET'],
    unguarded: true,
    handle: async () => ({ status: 200, body }),
  }
}
