import type { V1beta1DataVolumeSourceHTTP as HttpSource } from '@kubevirt-ui-ext/kubevirt-api/containerized-data-importer'
import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { Agent, type Dispatcher } from 'undici'

/** How to reach an HTTP source: headers with the Secret's user, trust in the ConfigMap's authority. */
export async function httpAccess(
  client: KubernetesClient,
  namespace: string,
  source: HttpSource,
): Promise<{ headers: Record<string, string>; dispatcher: Dispatcher }> {
  const headers: Record<string, string> = {}
  for (const line of source.extraHeaders ?? []) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).trim()] = line.slice(colon + 1).trim()
  }
  if (source.secretRef) {
    const name = source.secretRef
    const secret = await client.get<Secret>(RESOURCES.secrets, { namespace, name })
    const decode = (key: string) =>
      Buffer.from(secret.data?.[key] ?? '', 'base64').toString('utf8')
    const credentials = `${decode('accessKeyId')}:${decode('secretKey')}`
    headers['authorization'] = `Basic ${Buffer.from(credentials).toString('base64')}`
  }
  const connect: { ca?: string[] } = {}
  if (source.certConfigMap) {
    const name = source.certConfigMap
    const configMap = await client.get<ConfigMap>(RESOURCES.configMaps, { namespace, name })
    connect.ca = Object.values(configMap.data ?? {})
  }
  return { headers, dispatcher: new Agent({ connect, bodyTimeout: 60_000 }) }
}
