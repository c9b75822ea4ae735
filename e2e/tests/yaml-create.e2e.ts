import { RESOURCES } from '@virtdeck/kubernetes'
import type { Page } from '@playwright/test'
import { stringify } from 'yaml'
import { expect, expectAccessible, test } from '../support/test.ts'
import { dataDirectory } from '../support/kubernetes.ts'
import { tokenOf } from '../support/virtdeck.ts'
import { virtualMachine } from '../support/virtual-machine.ts'
import { chooseFiles, editorOf } from '../support/yaml-editor.ts'

const create = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Create', exact: true }).click()

test.describe('Create from YAML', () => {
  test('F-15 the example can be created as it is, in the chosen project', async ({
    page,
    cluster,
    namespace,
  }) => {
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await expect(page.getByText('runStrategy')).toBeVisible()
    await expectAccessible(page)
    await page.getByText('runStrategy').click()
    await expect(editorOf(page)).toBeFocused()
    await page.keyboard.press('Control+m')
    await page.keyboard.press('Tab')
    await expect(page.getByRole('button', { name: 'Create', exact: true })).toBeFocused()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    expect((await download).suggestedFilename()).toBe('virtual-machine.yaml')
    await create(page)
    await expect(page).toHaveURL(new RegExp(`/virtual-machines/${namespace}/example-`))
    const { items } = await cluster.list(RESOURCES.virtualMachines, { namespace })
    expect(items.map(({ metadata }) => metadata?.name)).toEqual([
      expect.stringMatching(/^example-/),
    ])
  })

  test('F-15 several documents are created in order, each with its result', async ({
    page,
    cluster,
    namespace,
  }) => {
    const project = `${namespace}-made`
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(
      page,
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${project}}\n`,
      stringify(virtualMachine({ name: 'inside', namespace: project })),
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: beside}\ndata: {a: b}\n',
    )
    await create(page)
    await expect(page.getByText('3 of 3 objects were created.')).toBeVisible()
    await expectAccessible(page)
    await cluster.get(RESOURCES.configMaps, { namespace, name: 'beside' })
    await page.getByRole('link', { name: `VirtualMachine ${project}/inside` }).click()
    await expect(page.getByRole('heading', { name: 'inside' })).toBeVisible()
    await cluster.delete(RESOURCES.namespaces, { name: project })
  })

  test('F-15 everything wrong is told at once, with its line; nothing is created or lost', async ({
    page,
    cluster,
    namespace,
  }) => {
    await cluster.create(
      RESOURCES.virtualMachines,
      virtualMachine({ name: 'taken', namespace }),
    )
    const unknownField = stringify(virtualMachine({ name: 'Capital', namespace })).replace(
      'runStrategy: Halted',
      'runStrategy: Halted\n  bogus: 1',
    )
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(
      page,
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: fine}\n',
      'hello\n',
      'apiVersion: v1\nkind: VirtualMachine\nmetadata: {name: astray}\n',
      stringify(virtualMachine({ name: 'taken', namespace })),
      unknownField,
    )
    await create(page)
    await expect(page.getByText('There are 5 problems. Nothing was created')).toBeVisible()
    for (const text of [
      'Line 5, column 1: This document is not an object',
      'v1 has no kind VirtualMachine. Did you mean kubevirt.io/v1 VirtualMachine?',
      `Project ${namespace} has a VirtualMachine named taken already.`,
      'VirtualMachine has no field spec.bogus.',
      'metadata.name: Invalid value: "Capital"',
    ]) {
      await expect(page.getByRole('listitem').filter({ hasText: text })).toBeVisible()
    }
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Line 5, column 1' }).click()
    await expect(editorOf(page)).toBeFocused()
    await page.keyboard.type('# ')
    await expect(page.getByText('# hello')).toBeVisible()
    const { items } = await cluster.list(RESOURCES.configMaps, { namespace })
    expect(items.filter(({ metadata }) => metadata?.name === 'fine')).toEqual([])
  })

  test('F-15 text that does not parse is told with line and column', async ({
    page,
    namespace,
  }) => {
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(page, 'apiVersion: v1\nkind: [Pod\n')
    await create(page)
    await expect(page.getByRole('button', { name: /^Line 3, column 1/ }).first()).toBeVisible()
  })

  test('F-15 after a partial success a retry creates only the rest', async ({
    page,
    cluster,
    namespace,
  }) => {
    const project = `${namespace}-part`
    // What is wrong in the second document cannot be known before its project is there.
    const vm = stringify(virtualMachine({ name: 'late', namespace: project }))
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(
      page,
      `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${project}}\n`,
      vm.replace('bus: virtio', 'bus: floppy9'),
    )
    await create(page)
    await expect(page.getByText('1 of 2 objects were created.')).toBeVisible()
    await expect(page.getByText(/late: Not created/)).toBeVisible()
    await expect(page.getByText(/is set with an unrecognized bus floppy9/)).toBeVisible()
    await cluster.get(RESOURCES.namespaces, { name: project })

    await page.getByRole('button', { name: 'Line 20, column 17' }).click()
    await page.keyboard.press('End')
    await page.keyboard.press('Control+Shift+ArrowLeft')
    await page.keyboard.type('virtio')
    await create(page)
    await expect(page.getByText('2 of 2 objects were created.')).toBeVisible()
    await expect(page.getByText('Created before, not created again')).toBeVisible()
    await cluster.delete(RESOURCES.namespaces, { name: project })
  })

  test('F-15 a claim that is missing is warned about, and then said by the VM', async ({
    page,
    namespace,
  }) => {
    const vm = stringify(virtualMachine({ name: 'claimant', namespace, runStrategy: 'Always' }))
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(
      page,
      vm.replace(/containerDisk:\s+image: .*/, 'persistentVolumeClaim: {claimName: nowhere}'),
    )
    await create(page)
    await expect(
      page.getByText(/claimant uses the PersistentVolumeClaim nowhere/),
    ).toBeVisible()
    await page.getByRole('button', { name: 'Create anyway' }).click()
    await expect(page).toHaveURL(new RegExp(`/virtual-machines/${namespace}/claimant`))
    await expect(page.getByText('PVC not found').first()).toBeVisible({ timeout: 30_000 })
  })

  test('F-15 leaving with changes asks first', async ({ page, namespace }) => {
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(page, 'mine: text\n')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click()
    await expect(page.getByText('mine: text')).toBeVisible()
    await chooseFiles(page, 'other: text\n')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('mine: text')).toBeVisible()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await expect(page).toHaveURL(/\/virtual-machines\?namespace=/)
  })

  test('F-15 a server that does not answer loses no text', async ({ page, namespace }) => {
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(page, stringify(virtualMachine({ name: 'patient', namespace })))
    await page.route('**/api/kubernetes/**', (route) => route.abort())
    await create(page)
    await expect(page.getByText('The Virtdeck server does not answer.')).toBeVisible()
    await expect(page.getByText('patient')).toBeVisible()
    await page.unroute('**/api/kubernetes/**')
    await create(page)
    await expect(page).toHaveURL(new RegExp(`/virtual-machines/${namespace}/patient`))
  })

  test('F-15 a session that ended loses no text', async ({ page, namespace }) => {
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await chooseFiles(page, stringify(virtualMachine({ name: 'patient', namespace })))
    await expect(page.getByText('patient')).toBeVisible()
    await page.context().clearCookies()
    await create(page)
    await expect(page).toHaveURL(/\/login/)
    const token = await tokenOf('admin', dataDirectory())
    await page.getByRole('textbox', { name: 'Token' }).fill(token)
    await page.keyboard.press('Enter')
    await expect(page.getByText('patient')).toBeVisible()
  })

  test('F-15 what one may not create is said by document', async ({ asUser, namespace }) => {
    const page = await asUser('developer')
    await page.goto(`/import-yaml?namespace=${namespace}`)
    await create(page)
    await expect(page.getByText(/User "developer" cannot create resource/)).toBeVisible()
    await expect(page.getByText('runStrategy')).toBeVisible()
  })
})
