import type { V1beta1DataVolume } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type {
  IoK8sApiCoreV1ConfigMap,
  IoK8sApiCoreV1Endpoints,
  IoK8sApiCoreV1Namespace,
  IoK8sApiCoreV1Node,
  IoK8sApiCoreV1PersistentVolume,
  IoK8sApiCoreV1PersistentVolumeClaim,
  IoK8sApiCoreV1Pod,
  IoK8sApiCoreV1Secret,
  IoK8sApiCoreV1Service,
  IoK8sApiCoreV1ServiceAccount,
  IoK8sApiCoordinationV1Lease,
  IoK8sApiDiscoveryV1EndpointSlice,
  IoK8sApiStorageV1StorageClass,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1VirtualMachine,
  V1VirtualMachineInstance,
  V1VirtualMachineInstanceMigration,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import {
  Informer,
  RESOURCES,
  type KubernetesClient,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'

export type ConfigMap = IoK8sApiCoreV1ConfigMap
export type DataVolume = V1beta1DataVolume
export type Endpoints = IoK8sApiCoreV1Endpoints
export type EndpointSlice = IoK8sApiDiscoveryV1EndpointSlice
export type Lease = IoK8sApiCoordinationV1Lease
export type Namespace = IoK8sApiCoreV1Namespace
export type Node = IoK8sApiCoreV1Node
export type PersistentVolume = IoK8sApiCoreV1PersistentVolume
export type PersistentVolumeClaim = IoK8sApiCoreV1PersistentVolumeClaim
export type Pod = IoK8sApiCoreV1Pod
export type Secret = IoK8sApiCoreV1Secret
export type Service = IoK8sApiCoreV1Service
export type ServiceAccount = IoK8sApiCoreV1ServiceAccount
export type StorageClass = IoK8sApiStorageV1StorageClass
export type VirtualMachine = V1VirtualMachine
export type VirtualMachineInstance = V1VirtualMachineInstance
export type VirtualMachineInstanceMigration = V1VirtualMachineInstanceMigration

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * Drops what no controller reads and what is as large as the rest together. Therefore nothing
 * from these caches may be written back whole: controllers write patches.
 */
export function withoutBallast(object: KubernetesObject): KubernetesObject {
  const { metadata } = object
  if (metadata === undefined) return object
  delete metadata.managedFields
  if (metadata.annotations?.[LAST_APPLIED] !== undefined) {
    delete metadata.annotations[LAST_APPLIED]
  }
  return object
}

/** One informer for each kind that controllers read, shared by all of them. */
export class SharedInformers {
  readonly #client: KubernetesClient
  readonly #onError: (resource: ResourceRef, error: unknown) => void
  readonly #informers = new Map<string, Informer<KubernetesObject>>()

  constructor(
    client: KubernetesClient,
    onError: (resource: ResourceRef, error: unknown) => void = () => undefined,
  ) {
    this.#client = client
    this.#onError = onError
  }

  readonly dataVolumes = () => this.of<DataVolume>(RESOURCES.dataVolumes)
  readonly leases = () => this.of<Lease>(RESOURCES.leases)
  readonly namespaces = () => this.of<Namespace>(RESOURCES.namespaces)
  readonly nodes = () => this.of<Node>(RESOURCES.nodes)
  readonly persistentVolumes = () => this.of<PersistentVolume>(RESOURCES.persistentVolumes)
  readonly persistentVolumeClaims = () =>
    this.of<PersistentVolumeClaim>(RESOURCES.persistentVolumeClaims)
  readonly pods = () => this.of<Pod>(RESOURCES.pods)
  readonly services = () => this.of<Service>(RESOURCES.services)
  readonly serviceAccounts = () => this.of<ServiceAccount>(RESOURCES.serviceAccounts)
  readonly storageClasses = () => this.of<StorageClass>(RESOURCES.storageClasses)
  readonly virtualMachines = () => this.of<VirtualMachine>(RESOURCES.virtualMachines)
  readonly virtualMachineInstances = () =>
    this.of<VirtualMachineInstance>(RESOURCES.virtualMachineInstances)

  /** The informer of a kind whose whole objects are read. */
  of<T extends KubernetesObject>(resource: ResourceRef): Informer<T> {
    return this.find<T>(resource) ?? this.#start<T>(resource, withoutBallast)
  }

  /** The running informer of a kind, or else one that keeps only metadata. */
  metadataOf(resource: ResourceRef): Informer<KubernetesObject> {
    return this.find(resource) ?? this.#start(resource, onlyMetadata)
  }

  find<T extends KubernetesObject>({
    group,
    resource,
  }: Pick<ResourceRef, 'group' | 'resource'>): Informer<T> | undefined {
    return this.#informers.get(`${resource}.${group}`) as Informer<T> | undefined
  }

  /** Stops following a kind that is no longer served; `name` is `plural.group`. */
  drop(name: string): void {
    this.#informers.get(name)?.stop()
    this.#informers.delete(name)
  }

  stop(): void {
    for (const informer of this.#informers.values()) informer.stop()
  }

  #start<T extends KubernetesObject>(
    resource: ResourceRef,
    transform: (object: KubernetesObject) => KubernetesObject,
  ): Informer<T> {
    const informer = new Informer<T>({ client: this.#client, resource, transform })
    informer.subscribe({ onError: (error) => this.#onError(resource, error) })
    const key = `${resource.resource}.${resource.group}`
    this.#informers.set(key, informer as unknown as Informer<KubernetesObject>)
    return informer.start()
  }
}

function onlyMetadata({ apiVersion, kind, metadata = {} }: KubernetesObject): KubernetesObject {
  const {
    name,
    namespace,
    uid,
    resourceVersion,
    ownerReferences,
    finalizers,
    deletionTimestamp,
  } = metadata
  return {
    ...(apiVersion && { apiVersion }),
    ...(kind && { kind }),
    metadata: {
      ...(name && { name }),
      ...(namespace && { namespace }),
      ...(uid && { uid }),
      ...(resourceVersion && { resourceVersion }),
      ...(ownerReferences && { ownerReferences }),
      ...(finalizers && { finalizers }),
      ...(deletionTimestamp && { deletionTimestamp }),
    },
  }
}
