import type { IoK8sApiCoreV1Namespace as Namespace } from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { statusErrors } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

/** What every cluster needs. */
const PROTECTED = new Set(['default', 'kube-system', 'kube-public'])
const NAME_LABEL = 'kubernetes.io/metadata.name'

export const namespace = builtInKind<Namespace>({
  group: '',
  versions: ['v1'],
  kind: 'Namespace',
  resource: 'namespaces',
  component: 'io.k8s.api.core.v1.Namespace',
  shortNames: ['ns'],
  namespaced: false,
  hasStatus: true,
  nameFormat: 'label',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  columns: [
    {
      name: 'Status',
      type: 'string',
      description: 'The status of the namespace',
      cell: ({ status }) => status?.phase,
    },
    AGE,
  ],
  selectableFields: { 'status.phase': ({ status }) => status?.phase ?? '' },
  prepare: ({ operation, object, oldObject, subresource }) => {
    if (subresource) return
    const metadata = (object.metadata ??= {})
    if (metadata.name) metadata.labels = { ...metadata.labels, [NAME_LABEL]: metadata.name }
    if (operation === 'create') {
      object.spec = { finalizers: ['kubernetes'] }
      object.status = { phase: 'Active' }
    } else if (oldObject?.spec) {
      // Only `…/finalize` changes these.
      object.spec = { ...object.spec, finalizers: oldObject.spec.finalizers ?? [] }
    }
  },
  admitDelete: ({ object }) => {
    const name = object.metadata?.name ?? ''
    if (!PROTECTED.has(name)) return
    throw statusErrors.forbidden(namespace, name, 'this namespace may not be deleted')
  },
  beginDelete: (object) => {
    object.status = { ...object.status, phase: 'Terminating' }
  },
  extraFinalizers: ({ spec }) => spec?.finalizers ?? [],
})
