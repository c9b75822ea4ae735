import type { KubernetesClient, KubernetesObject, ResourceRef } from '@virtdeck/kubernetes'
import { unlessGone } from './controller.ts'

export const hasFinalizer = ({ metadata }: KubernetesObject, finalizer: string): boolean =>
  metadata?.finalizers?.includes(finalizer) === true

/** Holds an object until this controller has seen its end; returns it as it then is. */
export async function addFinalizer<T extends KubernetesObject>(
  client: KubernetesClient,
  resource: ResourceRef,
  {
    object,
    finalizer,
    annotations,
  }: { object: T; finalizer: string; annotations?: Record<string, string> },
): Promise<T> {
  const { namespace, name, finalizers = [], resourceVersion } = object.metadata ?? {}
  if (finalizers.includes(finalizer)) return object
  const metadata = {
    resourceVersion,
    finalizers: [...finalizers, finalizer],
    ...(annotations && { annotations }),
  }
  return client.patch<T>(resource, { namespace, name }, { metadata })
}

export async function removeFinalizer(
  client: KubernetesClient,
  resource: ResourceRef,
  { object, finalizer }: { object: KubernetesObject; finalizer: string },
): Promise<void> {
  const { namespace, name, finalizers = [], resourceVersion } = object.metadata ?? {}
  if (!finalizers.includes(finalizer)) return
  const kept = finalizers.filter((other) => other !== finalizer)
  const metadata = { resourceVersion, finalizers: kept }
  await unlessGone(client.patch(resource, { namespace, name }, { metadata }))
}
