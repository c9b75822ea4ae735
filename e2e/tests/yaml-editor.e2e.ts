import type { Page } from '@playwright/test'
import {
  RESOURCES,
  type KubernetesClient,
  type KubernetesObject,
  type ResourceRef,
} from '@virtdeck/kubernetes'
import { stringify } from 'yaml'
import { expect, expectAccessible, test } from '../support/test.ts'
import { virtualMachine } from '../support/virtual-machine.ts'
import {
  chooseFiles,
  dropFiles,
  editorOf,
  expectMark,
  expectProposal,
} from '../support/yaml-editor.ts'

const create = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Create', exact: true }).click()

/** Opens the page and replaces the example; the cursor is at the start of that line. */
async function openWith(
  page: Page,
  namespace: string,
  { lines, line }: { lines: string[]; line: number },
): Promise<void> {
  await page.goto(`/import-yaml?namespace=${namespace}`)
  await expect(page.getByText('runStrategy:')).toBeVisible()
  await chooseFiles(page, lines.join('\n'))
  await expect(page.getByText('runStrategy:')).toBeHidden()
  await editorOf(page).focus()
  await page.keyboard.press('ControlOrMeta+Home')
  for (let at = 1; at < line; at += 1) await page.keyboard.press('ArrowDown')
}

/** A kind of its own, with one field. */
function gadgetDefinition(group: string): KubernetesObject {
  const spec = { type: 'object', properties: { wheels: { type: 'integer' } } }
  const schema = { openAPIV3Schema: { type: 'object', properties: { spec } } }
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Gadget', plural: 'gadgets', singular: 'gadget', listKind: 'GadgetList' },
      versions: [{ name: 'v1', served: true, storage: true, schema }],
    },
  }
}

const gadgets = (group: string): ResourceRef => ({
  group,
  version: 'v1',
  resource: 'gadgets',
  kind: 'Gadget',
  namespaced: true,
})

/** Waits until the cluster serves what the kind looks like. */
async function expectSchema(cluster: KubernetesClient, group: string): Promise<void> {
  const path = '/openapi/v3'
  const poll = expect.poll(async () => (await cluster.request({ method: 'GET', path })).text())
  await poll.toContain(`apis/${group}/v1`)
}

/** Nobody but administrators may read the cluster's schemas meanwhile. */
async function withoutSchemas(cluster: KubernetesClient, run: () => Promise<void>) {
  const discovery = { name: 'system:discovery' }
  const { rules } = (await cluster.get(RESOURCES.clusterRoles, discovery)) as {
    rules?: { nonResourceURLs: string[]; verbs: string[] }[]
  }
  const others = rules?.map((rule) => ({
    ...rule,
    nonResourceURLs: rule.nonResourceURLs.filter((url) => !url.startsWith('/openapi')),
  }))
  await cluster.patch(RESOURCES.clusterRoles, discovery, { rules: others })
  try {
    await run()
  } finally {
    await cluster.patch(RESOURCES.clusterRoles, discovery, { rules })
  }
}

test('F-15 the cluster completes, explains and marks what is typed', async ({
  page,
  namespace,
}) => {
  const lines = [
    'apiVersion: kubevirt.io/v1',
    'kind: VirtualMachine',
    'metadata: {name: helped}',
    'spec:',
    '  ',
    '  runStrategi: Halted',
    '  template:',
    '    spec:',
    '      terminationGracePeriodSeconds: soon',
    '      domain: {devices: {}}',
  ]
  await openWith(page, namespace, { lines, line: 5 })
  await page.keyboard.press('End')
  await expectProposal(page, /^runStrategy/)
  await page.keyboard.type('runS')
  await page.keyboard.press('Enter')
  await expect(page.getByText('runStrategy:').first()).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.press('Control+k')
  await page.keyboard.press('Control+i')
  await expect(page.getByText(/^Running state indicates/).first()).toBeVisible()
  await expectMark(page, /runStrategi is not allowed/)
  await expectMark(page, /Incorrect type\. Expected "integer"/)
})

test('F-15 a kind that was added to the cluster meanwhile is known as well', async ({
  page,
  cluster,
  namespace,
}) => {
  const group = `${namespace}.example.com`
  const definition = gadgetDefinition(group)
  const lines = [
    `apiVersion: ${group}/v1`,
    'kind: Gadget',
    'metadata: {name: first}',
    'spec:',
    '  ',
    '  color: red',
  ]
  await openWith(page, namespace, { lines, line: 5 })
  await cluster.create(RESOURCES.customResourceDefinitions, definition)
  try {
    await expectSchema(cluster, group)
    await page.keyboard.press('End')
    await expectProposal(page, /^wheels/)
    await page.keyboard.press('Escape')
    await page.keyboard.type('wheels: many')
    await expectMark(page, /color is not allowed/)
    await expectMark(page, /Incorrect type\. Expected "integer"/)
    await create(page)
    await expect(page.getByText('Gadget has no field spec.color.')).toBeVisible()
    await expect(page.getByText(/spec\.wheels in body must be of type integer/)).toBeVisible()
    await chooseFiles(page, lines.join('\n').replace('color: red', 'wheels: 4'))
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click()
    await create(page)
    await expect(page.getByText('1 of 1 object was created.')).toBeVisible()
    const gadget = await cluster.get(gadgets(group), { namespace, name: 'first' })
    expect(gadget.spec).toEqual({ wheels: 4 })
  } finally {
    await cluster.delete(RESOURCES.customResourceDefinitions, {
      name: definition.metadata?.name ?? '',
    })
  }
})

test('F-15 without the schemas of the cluster the editor still edits and creates', async ({
  asServiceAccount,
  cluster,
  namespace,
}) => {
  const page = await asServiceAccount(namespace, ['kubevirt.io:edit'])
  await withoutSchemas(cluster, async () => {
    const refused = page.waitForResponse(
      (response) => response.url().endsWith('/openapi/v3') && response.status() === 403,
    )
    const machine = virtualMachine({ name: 'unaided', namespace })
    const lines = stringify(machine).replace('Halted', 'Nonsense').split('\n')
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await refused
    await chooseFiles(page, lines.join('\n'))
    await expectAccessible(page)
    await create(page)
    await expect(page.getByText(/spec\.runStrategy/).first()).toBeVisible()
    await chooseFiles(page, stringify(machine))
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click()
    await create(page)
    await expect(page).toHaveURL(new RegExp(`/virtual-machines/${namespace}/unaided`))
  })
})

test('F-15 files dropped on the text become its documents', async ({ page, namespace }) => {
  await page.goto(`/import-yaml?namespace=${namespace}`)
  await expect(page.getByText('runStrategy:')).toBeVisible()
  const configMap = (name: string) =>
    stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
  await dropFiles(page, { 'one.yaml': configMap('one'), 'two.yaml': configMap('two') })
  await expect(page.getByText('name: two')).toBeVisible()
  await dropFiles(page, { 'picture.png': '\0\0' })
  await expect(page.getByText(/picture\.png/)).toBeVisible()
  await create(page)
  await expect(page.getByText('2 of 2 objects were created.')).toBeVisible()
})

test('F-15 leaving by a link or closing the tab asks as well, and staying keeps the text', async ({
  page,
  namespace,
}) => {
  await page.goto(`/import-yaml?namespace=${namespace}`)
  await expect(page.getByText('runStrategy:')).toBeVisible()
  await chooseFiles(page, 'mine: text\n')
  await page.getByRole('link', { name: 'Virtual Machines', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
  await expect(page.getByText('mine: text')).toBeVisible()
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  await (await asked).dismiss()
  await expect(page.getByText('mine: text')).toBeVisible()
})
