import { type KubernetesObject, StatusError } from '@virtdeck/kubernetes'
import type { ObjectAccess } from '../subresources/subresource.ts'
import { clusterRoles, roleBindings } from './access.ts'
import { customResourceDefinitions } from './custom-resource-definitions.ts'
import { instancetypes } from './instancetypes/instancetypes.ts'
import { preferences } from './instancetypes/preferences.ts'
import { operators } from './operators.ts'
import { storageClasses } from './storage.ts'
import { commonTemplates } from './templates/common-templates.ts'
import { templateReaders } from './templates/template-readers.ts'

export interface SeedObject {
  group: string
  resource: string
  object: KubernetesObject
  /** Written after the object: a create leaves the status subresource empty. */
  status?: object
}

export const NAMESPACES = [
  'default',
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'kubevirt',
  'cdi',
  'openshift',
  'development',
]

/** Makes the objects a fresh cluster starts with; leaves what exists alone. */
export async function seedCluster(
  objects: ObjectAccess,
  isServed: (seed: SeedObject) => boolean = () => true,
): Promise<void> {
  const seeds = [
    ...NAMESPACES.map(namespaceSeed),
    ...NAMESPACES.map(serviceAccountSeed),
    ...clusterRoles(),
    ...roleBindings(),
    ...storageClasses(),
    ...customResourceDefinitions(),
    ...operators(),
    ...templateReaders(),
    ...commonTemplates(),
    ...instancetypes(),
    ...preferences(),
  ]
  for (const seed of seeds.filter(isServed)) await plant(objects, seed)
}

async function plant(objects: ObjectAccess, seed: SeedObject): Promise<void> {
  const { group, resource, object, status } = seed
  const { namespace, name = '' } = object.metadata ?? {}
  const key = { group, resource, namespace, name }
  if (objects.find(key)) return
  try {
    await objects.create({ group, resource }, object)
  } catch (error) {
    if (error instanceof StatusError && error.reason === 'AlreadyExists') return
    throw error
  }
  if (status) {
    await objects.mutate(key, (created) => {
      created.status = status
    })
  }
}

function namespaceSeed(name: string): SeedObject {
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } }
  return { group: '', resource: 'namespaces', object }
}

/** Pods name this account; a real cluster's controller makes one in every namespace. */
function serviceAccountSeed(namespace: string): SeedObject {
  const metadata = { name: 'default', namespace }
  const object = { apiVersion: 'v1', kind: 'ServiceAccount', metadata }
  return { group: '', resource: 'serviceaccounts', object }
}
