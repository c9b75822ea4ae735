import type { IoK8sApiCoreV1Namespace as Namespace } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import type { SubresourceHandler } from './subresource.ts'

const NAMESPACES = { group: '', resource: 'namespaces' }

/** How the namespace controller lets go of a namespace that it has emptied. */
export const namespaceFinalize: SubresourceHandler = {
  ...NAMESPACES,
  versions: ['v1'],
  subresource: 'finalize',
  scope: 'object',
  namespaced: false,
  methods: ['PUT'],
  discovery: { kind: 'Namespace', verbs: ['update'] },
  handle: async (request) => {
    const { services, name } = request
    const key = { ...NAMESPACES, name }
    if (!services.objects.find(key)) throw statusErrors.notFound(NAMESPACES, name)
    const { spec } = ((await request.body()) ?? {}) as Partial<Namespace>
    const body = await services.objects.mutate(key, (object) => {
      const namespace = object as Namespace
      namespace.spec = { ...namespace.spec, finalizers: spec?.finalizers ?? [] }
    })
    return { status: 200, body }
  },
}
