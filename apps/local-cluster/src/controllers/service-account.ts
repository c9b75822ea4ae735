import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, type Controller } from './controller.ts'

const NAME = 'default'

/** Every namespace has a service account `default`, also after somebody deleted it. */
export function serviceAccountController({ client, informers }: ControllerContext): Controller {
  const namespaces = informers.namespaces()
  const serviceAccounts = informers.serviceAccounts()
  return {
    name: 'service-account',
    sources: [
      changesOf(namespaces, ({ metadata }) => [metadata?.name ?? '']),
      changesOf(serviceAccounts, ({ metadata }) =>
        metadata?.name === NAME ? [metadata.namespace ?? ''] : [],
      ),
    ],
    reconcile: async (namespace) => {
      const found = namespaces.get(namespace)
      if (!found || found.metadata?.deletionTimestamp) return
      if (serviceAccounts.get(`${namespace}/${NAME}`)) return
      try {
        await client.create(RESOURCES.serviceAccounts, {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: NAME, namespace },
        })
      } catch (error) {
        // It exists already, or the namespace has begun to go.
        if (!failedWith(error, 409) && !failedWith(error, 403) && !failedWith(error, 404)) {
          throw error
        }
      }
    },
  }
}
