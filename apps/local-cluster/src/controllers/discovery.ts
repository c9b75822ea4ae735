import { setTimeout as delay } from 'node:timers/promises'
import { StatusError, type KubernetesClient, type ResourceRef } from '@virtdeck/kubernetes'

export interface ServedResource extends ResourceRef {
  verbs: string[]
}

interface GroupList {
  groups: { name: string; preferredVersion?: { groupVersion: string } }[]
}

interface ResourceList {
  groupVersion: string
  resources: { name: string; kind: string; namespaced: boolean; verbs?: string[] | null }[]
}

/** Every resource that the API server stores, each in its group's preferred version. */
export async function servedResources(client: KubernetesClient): Promise<ServedResource[]> {
  const read = async <T>(path: string): Promise<T> => {
    const headers = { accept: 'application/json' }
    const response = await client.request({ method: 'GET', path, headers })
    return JSON.parse(await response.text()) as T
  }
  const { groups } = await read<GroupList>('/apis')
  const paths = groups.flatMap(({ preferredVersion }) =>
    preferredVersion ? [`/apis/${preferredVersion.groupVersion}`] : [],
  )
  const lists = await Promise.all(['/api/v1', ...paths].map((path) => read<ResourceList>(path)))
  return lists.flatMap(({ groupVersion, resources }) => {
    const [version = '', group = ''] = groupVersion.split('/').toReversed()
    return resources
      .filter(({ name }) => !name.includes('/'))
      .map(({ name, kind, namespaced, verbs }) => ({
        group,
        version,
        resource: name,
        kind,
        namespaced,
        verbs: verbs ?? [],
      }))
  })
}

const RETRY_MS = 500

/** Waits for an API server that is still starting. */
export async function whenServed(client: KubernetesClient): Promise<ServedResource[]> {
  for (;;) {
    try {
      return await servedResources(client)
    } catch (error) {
      // Unreachable, or not ready; a refusal would not go away by waiting.
      const code = error instanceof StatusError ? error.code : -1
      if (code !== 0 && code < 500) throw error
      await delay(RETRY_MS)
    }
  }
}
