import type { IoK8sApiextensionsApiserverPkgApisApiextensionsV1CustomResourceDefinition as CustomResourceDefinition } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { CLEANUP, condition, setCondition } from '../custom-resources/definition-status.ts'
import { CREATED_AT } from './columns.ts'
import { definitionCauses, postedSpec } from './custom-resource-definition-rules.ts'
import { builtInKind } from './define.ts'

/** Definitions of custom kinds; `custom-resources/` serves what they define. */
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
    if (subresource) return
    const spec = postedSpec(object)
    const { names, versions = [] } = spec
    if (names?.kind) {
      names.singular ||= names.kind.toLowerCase()
      names.listKind ||= `${names.kind}List`
      spec.conversion ??= { strategy: 'None' }
    }
    if (operation !== 'create') return
    // Go writes these although nobody has set them yet.
    object.status = {
      conditions: null,
      acceptedNames: { plural: '', kind: '' },
      storedVersions: versions.filter(({ storage }) => storage).map(({ name }) => name),
    } as unknown as NonNullable<CustomResourceDefinition['status']>
  },
  admit: ({ object, oldObject }) => {
    const causes = definitionCauses(object, oldObject)
    if (causes.length > 0) {
      throw statusErrors.invalid(customResourceDefinition, object.metadata?.name ?? '', causes)
    }
  },
  beginDelete: (object) => {
    const metadata = (object.metadata ??= {})
    metadata.finalizers = [...new Set([...(metadata.finalizers ?? []), CLEANUP])]
    const text =
      'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon'
    const pending = condition('Terminating', 'True', 'InstanceDeletionPending', text)
    object.status = setCondition(object.status, pending)
  },
})
