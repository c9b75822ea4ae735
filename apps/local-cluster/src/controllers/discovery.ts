import { setTimeout as delay } from 'node:timers/promises'
import { StatusError, type KubernetesClient, type ResourceRef } from '@virtdeck/kubernetes'

export interface ServedResource extends ResourceRef {
  verbs: string[]
}

/** What could be found out, and what not: group and version → why. */
export interface Discovery {
  resources: ServedResource[]
  failures: Map<string, string>
}

interface GroupList {
  groups: { name: string; preferredVersion?: { groupVersion: string } }[]
}

interface ResourceList {
  groupVersion: string
  resources: { name: string; kind: string; namespaced: boolean; verbs?: string[] | null }[]
}

/**
 * Every resource that the API server stores, each in its group's preferred version. A group that
 * does not answer is a failure of its own and hides no other.
 */
export async function discover(client: KubernetesClient): Promise<Discovery> {
  const read = async <T>(path: string): Promise<T> => {
    const headers = { accept: 'application/json' }
    const response = await client.request({ method: 'GET', path, headers })
    return JSON.parse(await response.text()) as T
  }
  const { groups } = await read<GroupList>('/apis')
  const preferred = groups.flatMap(({ preferredVersion }) => preferredVersion ?? [])
  const core = await read<ResourceList>('/api/v1')
  const failures = new Map<string, string>()
  const lists = await Promise.all(
    preferred.map(async ({ groupVersion }) => {
      try {
        return await read<ResourceList>(`/apis/${groupVersion}`)
      } catch (error) {
        if (!(error instanceof StatusError) || error.code === 0) throw error
        failures.set(groupVersion, error.message)
        return undefined
      }
    }),
  )
  const answered = [core, ...lists].filter((list) => list !== undefined)
  return { resources: answered.flatMap(resourcesOf), failures }
}

function resourcesOf({ groupVersion, resources }: ResourceList): ServedResource[] {
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
}

const RETRY_MS = 500

/** Waits for an API server that is still starting. */
export async function whenServed(client: KubernetesClient): Promise<ServedResource[]> {
  for (;;) {
    try {
      return (await discover(client)).resources
    } catch (error) {
      // Unreachable, or not ready; a refusal would not go away by waiting.
      const code = error instanceof StatusError ? error.code : -1
      if (code !== 0 && code < 500) throw error
      await delay(RETRY_MS)
    }
  }
}
