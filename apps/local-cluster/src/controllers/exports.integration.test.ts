import { open, readFile, stat } from 'node:fs/promises'
import { request as httpsRequest } from 'node:https'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { conditionOf } from '@virtdeck/kubevirt'
import { RESOURCES } from '@virtdeck/kubernetes'
import { loadKubeconfig } from '@virtdeck/kubernetes/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { VirtualMachineExport } from './exports/export-source.ts'
import type { PersistentVolumeClaim, Secret } from './informers.ts'
import { ClusterProcesses } from './testing/cluster-processes.ts'
import { virtualMachineOf } from './testing/manifests.ts'
import { StandInNode } from './testing/stand-in-node.ts'

const cluster = new ClusterProcesses()
const POLL = { timeout: 30_000, interval: 100 }
const namespace = 'default'
let node: StandInNode

beforeAll(async () => {
  await cluster.start()
  node = await new StandInNode({ client: cluster.client, name: 'node01' }).start()
})
afterAll(async () => {
  await node?.stop()
  await cluster.stop()
})

const exportNamed = (name: string): Promise<VirtualMachineExport> =>
  cluster.client.get(RESOURCES.virtualMachineExports, { namespace, name })

async function createExport(name: string, source: { kind: string; name: string }) {
  const apiGroup = source.kind === 'VirtualMachine' ? 'kubevirt.io' : ''
  await cluster.client.create(RESOURCES.virtualMachineExports, {
    apiVersion: 'export.kubevirt.io/v1beta1',
    kind: 'VirtualMachineExport',
    metadata: { namespace, name },
    spec: { source: { apiGroup, ...source }, ttlDuration: '1h' },
  })
}

const phaseOf = async (name: string) => (await exportNamed(name)).status?.phase

/** What the exporter answers through the API server's proxy to its Service. */
async function ask(name: string, file: string, token: string) {
  const connection = await loadKubeconfig(path.join(cluster.directory, 'kubeconfig'))
  const url = `${connection.server}/api/v1/namespaces/${namespace}/services/https:virt-export-${name}:443/proxy/volumes/${file}`
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: Buffer }>()
  const text = await readFile(path.join(cluster.directory, 'kubeconfig'), 'utf8')
  const bearer = /token: "?([^\s"]+)/.exec(text)?.[1] ?? ''
  httpsRequest(url, {
    ca: connection.certificateAuthority,
    headers: { authorization: `Bearer ${bearer}`, 'x-kubevirt-export-token': token },
  })
    .once('response', (response) => {
      buffer(response).then(
        (body) => resolve({ status: response.statusCode ?? 0, body }),
        reject,
      )
    })
    .once('error', reject)
    .end()
  return promise
}

test('F-34 the disk of a VM that is off is served for its token, and to nobody else', async () => {
  const dataVolumeTemplates = [
    {
      metadata: { name: 'db-root' },
      spec: { source: { blank: {} }, storage: { resources: { requests: { storage: '8Mi' } } } },
    },
  ]
  const volume = { dataVolume: { name: 'db-root' } }
  const machine = virtualMachineOf({ namespace, name: 'db', dataVolumeTemplates, volume })
  await cluster.client.create(RESOURCES.virtualMachines, machine)
  await createExport('db-x', { kind: 'VirtualMachine', name: 'db' })
  await expect.poll(() => phaseOf('db-x'), POLL).toBe('Ready')

  const claim = await cluster.client.get<PersistentVolumeClaim>(
    RESOURCES.persistentVolumeClaims,
    { namespace, name: 'db-root' },
  )
  const disk = path.join(cluster.directory, 'volumes', claim.spec?.volumeName ?? '', 'disk.img')
  const file = await open(disk, 'r+')
  await file.write('precious', 4096)
  await file.close()

  const { status } = await exportNamed('db-x')
  expect(status).toMatchObject({
    virtualMachineName: 'db',
    serviceName: 'virt-export-db-x',
    tokenSecretRef: 'export-token-db-x',
    links: {
      internal: {
        volumes: [
          {
            name: 'db-root',
            formats: [
              {
                format: 'raw',
                url: 'https://virt-export-db-x.default.svc/volumes/db-root/disk.img',
              },
              {
                format: 'gzip',
                url: 'https://virt-export-db-x.default.svc/volumes/db-root/disk.img.gz',
              },
            ],
          },
        ],
      },
    },
  })
  const secret = await cluster.client.get<Secret>(RESOURCES.secrets, {
    namespace,
    name: 'export-token-db-x',
  })
  const token = Buffer.from(secret.data?.['token'] ?? '', 'base64').toString()
  const raw = await ask('db-x', 'db-root/disk.img', token)
  expect(raw.status).toBe(200)
  expect(raw.body.length).toBe((await stat(disk)).size)
  expect(raw.body.toString('utf8', 4096, 4104)).toBe('precious')
  const compressed = await ask('db-x', 'db-root/disk.img.gz', token)
  expect(gunzipSync(compressed.body).equals(raw.body)).toBe(true)
  expect((await ask('db-x', 'db-root/disk.img', 'guessed')).status).toBe(401)
  expect((await ask('db-x', 'db-other/disk.img', token)).status).toBe(404)

  await cluster.client.delete(RESOURCES.virtualMachineExports, { namespace, name: 'db-x' })
  await expect
    .poll(() => ask('db-x', 'db-root/disk.img', token).then(({ status: code }) => code), POLL)
    .toBe(404)
})

test('F-34 what cannot be served says why', async () => {
  await createExport('none', { kind: 'VirtualMachine', name: 'nobody' })
  const diskless = virtualMachineOf({ namespace, name: 'diskless' })
  await cluster.client.create(RESOURCES.virtualMachines, diskless)
  await createExport('empty', { kind: 'VirtualMachine', name: 'diskless' })
  await expect.poll(() => phaseOf('empty'), POLL).toBe('Skipped')
  const why = async (name: string) => conditionOf(await exportNamed(name), 'Ready')
  await expect
    .poll(() => why('none'), POLL)
    .toMatchObject({
      status: 'False',
      reason: 'VMNotFound',
      message: 'Virtual Machine default/nobody not found',
    })
})
