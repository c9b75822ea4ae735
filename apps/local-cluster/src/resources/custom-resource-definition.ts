import type { IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { CREATED_AT } from './columns.ts'
import { builtInKind } from './define.ts'

/** Lists the custom kinds of this server. They are fixed: a new definition would serve nothing. */
export const customResourceDefinition = builtInKind<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  versions: ['v1'],
  kind: 'CustomResourceDefinition',
  resource: 'customresourcedefinitions',
  component:
    'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  hasStatus: true,
  hasGeneration: true,
  columns: [CREATED_AT],
  prepare: ({ operation, object, subresource }) => {
    if (operation !== 'create' || subresource) return
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    const { names, versions } = object.spec
    object.status = {
      acceptedNames: names,
      storedVersions: versions.filter(({ storage }) => storage).map(({ name }) => name),
      conditions: [
        {
          type: 'NamesAccepted',
          status: 'True',
          lastTransitionTime: now,
          reason: 'NoConflicts',
          message: 'no conflicts found',
        },
        {
          type: 'Established',
          status: 'True',
          lastTransitionTime: now,
          reason: 'InitialNamesAccepted',
          message: 'the initial names have been accepted',
        },
      ],
    }
  },
  admit: ({ operation, object, user }) => {
    if (operation === 'create' && user.name !== 'system:apiserver') {
      throw statusErrors.forbidden(
        { group: 'apiextensions.k8s.io', resource: 'customresourcedefinitions' },
        object.metadata?.name ?? '',
        'this cluster serves a fixed set of custom resources',
      )
    }
  },
})
