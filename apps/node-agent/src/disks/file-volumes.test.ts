import type { V1Volume as Volume } from '@kubevirt-ui-ext/kubevirt-api/kubevirt'
import { KubernetesClient, type TransportResponse } from '@virtdeck/kubernetes'
import { expect, test } from 'vitest'
import { filesOf } from './file-volumes.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

const OBJECTS: Record<string, unknown> = {
  '/api/v1/namespaces/n/secrets/keys': {
    data: { password: base64('p'), userdata: base64('#u') },
  },
  '/api/v1/namespaces/n/configmaps/app': { data: { a: '1' }, binaryData: { b: base64('2') } },
  '/api/v1/namespaces/n/configmaps/windows': { data: { 'Autounattend.xml': '<a/>' } },
  '/api/v1/namespaces/n/configmaps/kube-root-ca.crt': { data: { 'ca.crt': 'PEM' } },
  '/api/v1/namespaces/n/serviceaccounts/robot/token': { status: { token: 'T' } },
}

const client = new KubernetesClient(({ path }) => {
  const object = OBJECTS[path]
  const status = object === undefined ? 404 : 200
  const body = JSON.stringify(
    object ?? { kind: 'Status', code: 404, reason: 'NotFound', message: `${path} not found` },
  )
  const response = { status, headers: {}, text: () => Promise.resolve(body) }
  return Promise.resolve(response as unknown as TransportResponse)
})

const instance = {
  metadata: { name: 'web', namespace: 'n', labels: { app: 'web' }, annotations: { a: 'b' } },
  spec: { domain: { devices: {} } },
}

async function read(volume: Omit<Volume, 'name'>) {
  const work = { client, instance, namespace: 'n', volume: { name: 'v', ...volume } }
  const files = await filesOf(work)
  if (files === undefined) return undefined
  const content = Object.entries(files.content).map(([name, text]) => [name, String(text)])
  return { label: files.label, content: Object.fromEntries(content) as Record<string, string> }
}

test.each<[string, Omit<Volume, 'name'>, { label: string; content: object }]>([
  [
    'a secret',
    { secret: { secretName: 'keys', volumeLabel: 'k' } },
    { label: 'k', content: { password: 'p', userdata: '#u' } },
  ],
  [
    'a config map, with what is no text',
    { configMap: { name: 'app' } },
    { label: 'cfgdata', content: { a: '1', b: '2' } },
  ],
  [
    'a secret that need not be there',
    { secret: { secretName: 'none', optional: true } },
    { label: 'cfgdata', content: {} },
  ],
  [
    'answers for the installation of Windows',
    { sysprep: { configMap: { name: 'windows' } } },
    { label: 'sysprep', content: { 'Autounattend.xml': '<a/>' } },
  ],
  [
    'a service account',
    { serviceAccount: { serviceAccountName: 'robot' } },
    { label: 'cfgdata', content: { namespace: 'n', token: 'T', 'ca.crt': 'PEM' } },
  ],
  [
    'fields of the VMI',
    {
      downwardAPI: {
        fields: [
          { path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } },
          { path: 'one', fieldRef: { fieldPath: "metadata.annotations['a']" } },
        ],
      },
    },
    { label: 'cfgdata', content: { labels: 'app="web"\n', one: 'b' } },
  ],
  [
    'cloud-init from a secret',
    { cloudInitNoCloud: { secretRef: { name: 'keys' } } },
    { label: 'cidata', content: expect.objectContaining({ 'user-data': '#u' }) as object },
  ],
  [
    'cloud-init on a config drive',
    { cloudInitConfigDrive: { userDataBase64: base64('#d'), networkData: 'net' } },
    {
      label: 'config-2',
      content: expect.objectContaining({
        'openstack/latest/user_data': '#d',
        'openstack/latest/network_data.json': 'net',
      }) as object,
    },
  ],
])('%s', async (_title, volume, expected) => {
  expect(await read(volume)).toEqual(expected)
})

test.each<[string, Omit<Volume, 'name'>, string]>([
  ['a missing secret', { secret: { secretName: 'none' } }, 'secrets/none not found'],
  [
    'a key that is not there',
    { cloudInitNoCloud: { networkDataSecretRef: { name: 'keys' } } },
    'secret "keys" has no key networkdata or networkData',
  ],
  [
    'no answers for Windows',
    { sysprep: { configMap: { name: 'app' } } },
    'Sysprep drive should contain autounattend.xml or unattend.xml',
  ],
])('%s says so', async (_title, volume, message) => {
  await expect(read(volume)).rejects.toThrow(message)
})

test('a disk is none of its business', async () => {
  expect(await read({ emptyDisk: { capacity: '1Gi' } })).toBeUndefined()
})
