import type {
  IoK8sApimachineryPkgApisMetaV1ListMeta,
  IoK8sApimachineryPkgApisMetaV1ObjectMeta,
  IoK8sApimachineryPkgApisMetaV1OwnerReference,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'

export type ObjectMeta = IoK8sApimachineryPkgApisMetaV1ObjectMeta
export type ListMeta = IoK8sApimachineryPkgApisMetaV1ListMeta
export type OwnerReference = IoK8sApimachineryPkgApisMetaV1OwnerReference

/** Any object of the Kubernetes API. Typed kinds (`VirtualMachine`, `Pod`, …) are assignable to it. */
export interface KubernetesObject {
  apiVersion?: string
  kind?: string
  metadata?: ObjectMeta
  spec?: unknown
  status?: unknown
}

/** The answer of a list request. */
export interface KubernetesList<T extends KubernetesObject = KubernetesObject> {
  apiVersion?: string
  kind?: string
  metadata: ListMeta
  items: T[]
}

/** `namespace/name`, or `name` for a cluster-scoped object. */
export function keyOf(object: KubernetesObject): string {
  const { namespace, name = '' } = object.metadata ?? {}
  return namespace ? `${namespace}/${name}` : name
}

/** The owner that manages the object (`controller: true`), if there is one. */
export function controllerOf(object: KubernetesObject): OwnerReference | undefined {
  return object.metadata?.ownerReferences?.find((owner) => owner.controller)
}

/** An owner reference from `owner`, as controllers put on what they create. */
export function ownerReferenceTo(owner: KubernetesObject): OwnerReference {
  const { apiVersion = '', kind = '', metadata } = owner
  return {
    apiVersion,
    kind,
    name: metadata?.name ?? '',
    uid: metadata?.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  }
}
