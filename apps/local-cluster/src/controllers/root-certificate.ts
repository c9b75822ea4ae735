import { RESOURCES } from '@virtdeck/kubernetes'
import type { ControllerContext } from './context.ts'
import { changesOf, failedWith, unlessGone, type Controller } from './controller.ts'
import type { ConfigMap } from './informers.ts'

const NAME = 'kube-root-ca.crt'
const KEY = 'ca.crt'
const DESCRIPTION =
  'Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.'

/** Every namespace has the cluster's certificate authority in a config map. */
export function rootCertificateController(context: ControllerContext): Controller {
  const { client, informers, certificateAuthority } = context
  const namespaces = informers.namespaces()
  const configMaps = informers.of<ConfigMap>(RESOURCES.configMaps)

  return {
    name: 'root-certificate',
    sources: [
      changesOf(namespaces, ({ metadata }) => [metadata?.name ?? '']),
      changesOf(configMaps, ({ metadata }) =>
        metadata?.name === NAME ? [metadata.namespace ?? ''] : [],
      ),
    ],
    reconcile: async (namespace) => {
      const found = namespaces.get(namespace)
      if (!found || found.metadata?.deletionTimestamp) return
      const before = configMaps.get(`${namespace}/${NAME}`)
      const data = { [KEY]: certificateAuthority }
      if (before?.data?.[KEY] === certificateAuthority) return
      try {
        if (before) {
          const target = { namespace, name: NAME }
          await unlessGone(client.patch(RESOURCES.configMaps, target, { data }))
          return
        }
        const annotations = { 'kubernetes.io/description': DESCRIPTION }
        const metadata = { name: NAME, namespace, annotations }
        const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data }
        await client.create<ConfigMap>(RESOURCES.configMaps, object)
      } catch (error) {
        // It exists already, or the namespace has begun to go.
        if (![409, 403, 404].some((code) => failedWith(error, code))) throw error
      }
    },
  }
}
