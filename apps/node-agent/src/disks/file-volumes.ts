import type {
  IoK8sApiCoreV1ConfigMap as ConfigMap,
  IoK8sApiCoreV1Secret as Secret,
} from '@kubevirt-ui-ext/kubevirt-api/kubernetes'
import type {
  V1CloudInitNoCloudSource as CloudInitVolume,
  V1DownwardAPIVolumeSource as DownwardApiVolume,
  V1VirtualMachineInstance as VirtualMachineInstance,
  V1Volume as Volume,
} from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { configDriveFiles, noCloudFiles, type CloudInitSource } from './cloud-init.ts'

export interface FileVolume {
  client: KubernetesClient
  instance: VirtualMachineInstance
  namespace: string
  volume: Volume
}

/** What is on a CD that a volume makes. */
export interface Files {
  /** By which the guest finds it. */
  label: string
  content: Record<string, string | Buffer>
}

/** Source: kubevirt `pkg/config`: the label of volumes that name none. */
const DEFAULT_LABEL = 'cfgdata'
const SYSPREP_FILES = /^(autounattend|unattend)\.xml$/i

/** The files of a volume that is a CD with files on it; undefined if it is none. */
export async function filesOf(work: FileVolume): Promise<Files | undefined> {
  const { volume, instance, namespace } = work
  const { name = '' } = instance.metadata ?? {}
  const identity = { name, namespace, hostname: instance.spec.hostname ?? name }
  const labelled = (label: string | undefined, content: Files['content']): Files => ({
    label: label ?? DEFAULT_LABEL,
    content,
  })
  if (volume.cloudInitNoCloud) {
    const source = await cloudInitSource(volume.cloudInitNoCloud, work)
    return { label: 'cidata', content: noCloudFiles(source, identity) }
  }
  if (volume.cloudInitConfigDrive) {
    const source = await cloudInitSource(volume.cloudInitConfigDrive, work)
    return { label: 'config-2', content: configDriveFiles(source, identity) }
  }
  if (volume.secret) {
    const { secretName = '', optional = false, volumeLabel } = volume.secret
    return labelled(volumeLabel, await unlessOptional(optional, secretData(work, secretName)))
  }
  if (volume.configMap) {
    const { name: configMap = '', optional = false, volumeLabel } = volume.configMap
    const content = await unlessOptional(optional, configMapData(work, configMap))
    return labelled(volumeLabel, content)
  }
  if (volume.sysprep) return sysprepFiles(work, volume.sysprep)
  if (volume.serviceAccount) {
    return labelled(undefined, await accountFiles(work, volume.serviceAccount))
  }
  if (volume.downwardAPI) {
    return labelled(volume.downwardAPI.volumeLabel, fieldFiles(instance, volume.downwardAPI))
  }
  return undefined
}

async function unlessOptional(
  optional: boolean,
  content: Promise<Files['content']>,
): Promise<Files['content']> {
  return optional ? content.catch(() => ({})) : content
}

async function secretData({ client, namespace }: FileVolume, name: string) {
  const { data = {} } = await client.get<Secret>(RESOURCES.secrets, { namespace, name })
  const entries = Object.entries(data).map(
    ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
  )
  return Object.fromEntries(entries)
}

async function configMapData({ client, namespace }: FileVolume, name: string) {
  const found = await client.get<ConfigMap>(RESOURCES.configMaps, { namespace, name })
  const binary = Object.entries(found.binaryData ?? {}).map(
    ([key, value]) => [key, Buffer.from(value, 'base64')] as const,
  )
  return { ...found.data, ...Object.fromEntries(binary) }
}

async function sysprepFiles(
  work: FileVolume,
  { configMap, secret }: NonNullable<Volume['sysprep']>,
): Promise<Files> {
  const content: Files['content'] = secret
    ? await secretData(work, secret.name ?? '')
    : await configMapData(work, configMap?.name ?? '')
  if (!Object.keys(content).some((file) => SYSPREP_FILES.test(file))) {
    throw new Error('Sysprep drive should contain autounattend.xml or unattend.xml')
  }
  return { label: 'sysprep', content }
}

/** What a pod would have in /var/run/secrets/kubernetes.io/serviceaccount. */
async function accountFiles(
  work: FileVolume,
  { serviceAccountName = '' }: NonNullable<Volume['serviceAccount']>,
): Promise<Files['content']> {
  const { client, namespace } = work
  const answer = await client.request({
    method: 'POST',
    path: `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccountName}/token`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: { audiences: [], expirationSeconds: 365 * 24 * 3_600 },
    }),
  })
  const { status } = JSON.parse(await answer.text()) as { status: { token: string } }
  const authority = await configMapData(work, 'kube-root-ca.crt').catch(() => ({}))
  return { namespace, token: status.token, ...authority }
}

/** Fields of the VMI, which its pod has as well. */
function fieldFiles(
  { metadata = {} }: VirtualMachineInstance,
  { fields = [] }: DownwardApiVolume,
): Files['content'] {
  const lines = (values: Record<string, string> | undefined) =>
    Object.entries(values ?? {})
      .map(([key, value]) => `${key}=${JSON.stringify(value)}\n`)
      .join('')
  const { labels, annotations, name = '', namespace = '', uid = '' } = metadata
  const known: Record<string, string> = {
    'metadata.name': name,
    'metadata.namespace': namespace,
    'metadata.uid': uid,
    'metadata.labels': lines(labels),
    'metadata.annotations': lines(annotations),
  }
  const value = (path: string): string => {
    const [, map, key = ''] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? []
    if (map === undefined) return known[path] ?? ''
    return (map === 'labels' ? labels : annotations)?.[key] ?? ''
  }
  return Object.fromEntries(
    fields.map(({ path, fieldRef }) => [path, value(fieldRef?.fieldPath ?? '')]),
  )
}

async function cloudInitSource(
  volume: CloudInitVolume,
  work: FileVolume,
): Promise<CloudInitSource> {
  const userData =
    volume.userData ??
    decoded(volume.userDataBase64) ??
    (await secretValue(work, volume.secretRef?.name, ['userdata', 'userData']))
  const networkData =
    volume.networkData ??
    decoded(volume.networkDataBase64) ??
    (await secretValue(work, volume.networkDataSecretRef?.name, ['networkdata', 'networkData']))
  return {
    ...(userData !== undefined && { userData }),
    ...(networkData !== undefined && { networkData }),
  }
}

const decoded = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8')

async function secretValue(
  { client, namespace }: FileVolume,
  name: string | undefined,
  keys: string[],
): Promise<string | undefined> {
  if (name === undefined) return undefined
  const { data = {} } = await client.get<Secret>(RESOURCES.secrets, { namespace, name })
  const key = keys.find((candidate) => candidate in data)
  if (key === undefined) throw new Error(`secret "${name}" has no key ${keys.join(' or ')}`)
  return decoded(data[key])
}
