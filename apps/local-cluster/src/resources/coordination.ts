import type {
  IoK8sApiAppsV1ControllerRevision as ControllerRevision,
  IoK8sApiCoordinationV1Lease as Lease,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { controllerOf } from '@virtdeck/kubernetes'
import { AGE } from './columns.ts'
import { builtInKind } from './define.ts'

export const lease = builtInKind<Lease>({
  group: 'coordination.k8s.io',
  versions: ['v1'],
  kind: 'Lease',
  resource: 'leases',
  component: 'io.k8s.api.coordination.v1.Lease',
  namespaced: true,
  columns: [
    {
      name: 'Holder',
      type: 'string',
      description: 'holderIdentity contains the identity of the holder of a current lease.',
      cell: ({ spec }) => spec?.holderIdentity ?? '',
    },
    AGE,
  ],
})

export const controllerRevision = builtInKind<ControllerRevision>({
  group: 'apps',
  versions: ['v1'],
  kind: 'ControllerRevision',
  resource: 'controllerrevisions',
  component: 'io.k8s.api.apps.v1.ControllerRevision',
  namespaced: true,
  columns: [
    {
      name: 'Controller',
      type: 'string',
      description: 'Controller of the object',
      cell: (object) => {
        const owner = controllerOf(object)
        if (!owner) return '<none>'
        const group = owner.apiVersion.includes('/') ? `.${owner.apiVersion.split('/')[0]}` : ''
        return `${owner.kind.toLowerCase()}${group}/${owner.name}`
      },
    },
    {
      name: 'Revision',
      type: 'string',
      description: 'Revision indicates the revision of the state represented by Data.',
      cell: ({ revision }) => String(revision),
    },
    AGE,
  ],
})
