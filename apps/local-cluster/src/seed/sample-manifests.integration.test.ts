import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { KubernetesObject, StatusError } from '@virtdeck/kubernetes'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify } from 'yaml'
import { ClusterProcesses } from '../controllers/testing/cluster-processes.ts'
import { RESOURCES } from '../resources/index.ts'

/**
 * The manifests of the guide that this product follows, as they stand there, with their placeholders
 * filled in. File names start with the section of its second chapter. A manifest without a namespace
 * goes into one of its own: the guide reuses names.
 */
const FOLDER = path.join(import.meta.dirname, 'sample-manifests')
const MANIFESTS = readdirSync(FOLDER)
  .toSorted()
  .flatMap((file) =>
    parseAllDocuments(readFileSync(path.join(FOLDER, file), 'utf8')).map(
      (document, index): [string, KubernetesObject, string] => [
        index === 0 ? file : `${file} (${index + 1})`,
        document.toJS() as KubernetesObject,
        document.toString(),
      ],
    ),
  )

const cluster = new ClusterProcesses()

beforeAll(async () => {
  await cluster.startApiServer()
  for (const name of ['openshift-cnv', ...MANIFESTS.map(([file]) => namespaceOf(file))]) {
    await create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  }
  await create({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node02' } })
  await runningInstance('vmi-fedora', namespaceOf('29-migration.yaml'))
})
afterAll(() => cluster.stop())

function namespaceOf(file: string): string {
  return `sample-${file.replaceAll(/[^a-z0-9]+/g, '-').replace(/-$/, '')}`
}

function pathOf({ apiVersion = '', kind, metadata }: KubernetesObject): string {
  const [group, version = ''] = apiVersion.includes('/')
    ? apiVersion.split('/')
    : ['', apiVersion]
  const definition = RESOURCES.find(
    (resource) =>
      resource.group === group && resource.kind === kind && resource.versions.includes(version),
  )
  if (!definition) throw new Error(`${kind} of ${apiVersion} is not served`)
  const prefix = group === '' ? `/api/${version}` : `/apis/${group}/${version}`
  const namespace = definition.namespaced ? `/namespaces/${metadata?.namespace}` : ''
  return `${prefix}${namespace}/${definition.resource}`
}

/** As kubectl creates: the text itself, with unknown fields refused. */
async function create(
  object: KubernetesObject,
  text = stringify(object),
): Promise<KubernetesObject> {
  const response = await cluster.client.request({
    method: 'POST',
    path: `${pathOf(object)}?fieldValidation=Strict`,
    headers: { 'content-type': 'application/yaml', accept: 'application/json' },
    body: text,
  })
  expect(response.status).toBe(201)
  return JSON.parse(await response.text()) as KubernetesObject
}

async function get(object: KubernetesObject): Promise<KubernetesObject> {
  const target = `${pathOf(object)}/${object.metadata?.name}`
  const response = await cluster.client.request({ method: 'GET', path: target })
  return JSON.parse(await response.text()) as KubernetesObject
}

function labelsOf({ metadata }: KubernetesObject) {
  return metadata?.labels ? { labels: metadata.labels } : {}
}

async function runningInstance(name: string, namespace: string): Promise<void> {
  const created = await create({
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: { name, namespace },
    spec: { domain: { devices: {}, resources: { requests: { memory: '64Mi' } } } },
  })
  await cluster.client.request({
    method: 'PUT',
    path: `${pathOf(created)}/${name}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...created, status: { phase: 'Running', nodeName: 'node02' } }),
  })
}

describe('manifests of the guide', () => {
  it.each(MANIFESTS)(
    '%s is created, and read again as it was written',
    async (file, object) => {
      const metadata = { namespace: namespaceOf(file), ...object.metadata }
      await create({ ...object, metadata })
      const stored = await get({ ...object, metadata })
      expect(stored).toMatchObject({
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: { name: object.metadata?.name, ...labelsOf(object) },
      })
    },
  )

  it('an edit of CDIConfig names the class of scratch space', async () => {
    const response = await cluster.client.request({
      method: 'PATCH',
      path: '/apis/cdi.kubevirt.io/v1alpha1/cdiconfigs/config',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ spec: { scratchSpaceStorageClass: 'local' } }),
    })
    expect(JSON.parse(await response.text())).toMatchObject({
      apiVersion: 'cdi.kubevirt.io/v1alpha1',
      spec: { scratchSpaceStorageClass: 'local' },
    })
  })

  it('quotes around a boolean are refused, as the guide warns', async () => {
    const object = {
      apiVersion: 'hco.kubevirt.io/v1alpha1',
      kind: 'HyperConverged',
      metadata: { name: 'quoted', namespace: 'openshift-cnv' },
      spec: { BareMetalPlatform: 'false' },
    }
    const refusal = await create(object).catch((error: unknown) => error)
    expect((refusal as StatusError).status).toMatchObject({
      code: 422,
      message:
        'HyperConverged.hco.kubevirt.io "quoted" is invalid: spec.BareMetalPlatform: Invalid value: "string": spec.BareMetalPlatform in body must be of type boolean: "string"',
    })
  })

  it('a field of the time before schemas is left out of what today’s CDI serves', async () => {
    const namespace = namespaceOf('25-block-data-volume-from-url.yaml')
    const response = await cluster.client.request({
      method: 'GET',
      path: `/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes/import-pv-datavolume`,
    })
    const stored = JSON.parse(await response.text()) as KubernetesObject
    expect(stored.spec).toMatchObject({ source: { http: { secretRef: 'endpoint-secret' } } })
    expect(stored.spec).not.toHaveProperty('storageClassName')
  })
})
