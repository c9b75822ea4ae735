import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { KubernetesObject } from '@virtdeck/kubernetes'
import { processTemplate, type Template } from '@virtdeck/kubevirt'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { startTestCluster, type TestCluster } from '../conformance/test-cluster.ts'
import { commonTemplates } from '../seed/templates/common-templates.ts'

/*
 * A cluster that knew no templates, with the definition that the console's manifests bring: it
 * keeps templates as they are, and the console's own processing makes VMs of them.
 */

const TEMPLATES = '/apis/template.openshift.io/v1/namespaces/development/templates'
const PROCESSED = '/apis/template.openshift.io/v1/namespaces/development/processedtemplates'
const MACHINES = '/apis/kubevirt.io/v1/namespaces/development/virtualmachines'
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

let cluster: TestCluster
beforeAll(async () => {
  cluster = await startTestCluster([
    'templates.template.openshift.io',
    'processedtemplates.template.openshift.io',
  ])
  const before = (await cluster.send('GET', TEMPLATES)).status
  if (before !== 404) throw new Error(`the cluster has templates already: ${before}`)
  for (const object of manifests('definition.yaml')) await create(DEFINITIONS, object)
  await vi.waitUntil(async () => (await cluster.send('GET', TEMPLATES)).status === 200)
})
afterAll(() => cluster.close())

const FOLDER = path.join(import.meta.dirname, '../../../../docker/template-definition')

const manifests = (file: string): KubernetesObject[] =>
  parseAllDocuments(readFileSync(path.join(FOLDER, file), 'utf8')).map(
    (document) => document.toJS() as KubernetesObject,
  )

async function create(target: string, body: object, query = ''): Promise<void> {
  const strict = `${target}?fieldValidation=Strict${query}`
  const { status, text } = await cluster.send('POST', strict, { body })
  if (status !== 201) throw new Error(`${status}: ${text}`)
}

test('F-10 templates are kept as they are, and processing makes VMs that are admitted', async () => {
  for (const { object } of commonTemplates().slice(0, 12)) {
    const template = {
      ...object,
      metadata: { ...object.metadata, namespace: 'development' },
    } as Template
    await create(TEMPLATES, template)
    const { name = '' } = template.metadata ?? {}
    const stored = (await cluster.send('GET', `${TEMPLATES}/${name}`)).json as Template
    expect(stored).toMatchObject(template)
    const [machine = {}] = processTemplate(stored, { random: () => 0 })
    await create(MACHINES, machine, '&dryRun=All')
  }
})

test('nobody else fills parameters in', async () => {
  const [template] = commonTemplates()
  const answer = await cluster.send('POST', PROCESSED, { body: template?.object ?? {} })
  expect(answer.status).toBe(404)
})

test('what is no template is refused', async () => {
  const body = {
    apiVersion: 'template.openshift.io/v1',
    kind: 'Template',
    metadata: { name: 'wrong' },
    objects: [],
    parameters: [{ value: 'nameless' }],
  }
  const { status, json } = await cluster.send('POST', TEMPLATES, { body })
  expect(status).toBe(422)
  expect(JSON.stringify(json)).toContain('parameters[0].name')
})
