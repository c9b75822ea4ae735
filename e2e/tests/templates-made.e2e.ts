import { RESOURCES } from '@virtdeck/kubernetes'
import {
  defaultValues,
  toTemplate,
  virtualMachineOf,
  type Template,
  type VirtualMachine,
} from '@virtdeck/kubevirt'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, SAMPLE_IMAGE } from '../support/virtual-machine.ts'
import { createAndGet, dontStart, fillGeneralStep, nameField, next } from '../support/wizard.ts'

/** A template as the wizard makes it. */
function templateIn(namespace: string, name: string): Template {
  const values = defaultValues(namespace)
  Object.assign(values.general, { name, image: SAMPLE_IMAGE })
  return toTemplate(values)
}

test.describe('F-60 templates made in the console', () => {
  test('F-60 the wizard makes a template, and the template a VM that runs', async ({
    page,
    cluster,
    namespace,
  }) => {
    await page.goto(`/templates?namespace=${namespace}`)
    await page.getByRole('button', { name: 'Create template' }).click()
    await page.getByRole('menuitem', { name: /With wizard/ }).click()
    await fillGeneralStep(page, { name: 'web', image: SAMPLE_IMAGE })
    await page.getByRole('textbox', { name: 'Display name' }).fill('Web server')
    await page.getByRole('textbox', { name: 'Provider' }).fill('Shop team')
    await expect(page.getByRole('checkbox', { name: /Start virtual machine/ })).toHaveCount(0)
    await expectAccessible(page)
    await next(page, 3)
    await page.getByRole('tab', { name: 'YAML' }).click()
    await expect(page.getByText('kind: Template')).toBeVisible()
    await page.getByRole('tab', { name: 'Equivalent commands' }).click()
    await expect(page.getByText('kubectl create -f -')).toBeVisible()
    await page.getByRole('button', { name: 'Create template' }).click()
    await expect(page.getByRole('heading', { name: 'Template web was created' })).toBeVisible()
    await expectAccessible(page)
    const target = { namespace, name: 'web' }
    const made = await cluster.get<Template>(RESOURCES.templates, target)
    expect(made.metadata).toMatchObject({
      annotations: {
        'openshift.io/display-name': 'Web server',
        'template.kubevirt.io/provider': 'Shop team',
      },
      labels: {
        'template.kubevirt.io/type': 'vm',
        'os.template.kubevirt.io/linux-sample': 'true',
      },
    })

    // A VM may have the same name.
    await page.getByRole('button', { name: 'Open template' }).click()
    await expect(page.getByText('As the cluster says')).toBeVisible()
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Quick create' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('web')
    await dialog.getByRole('checkbox', { name: /Start the virtual machine/ }).check()
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(`/virtual-machines/${namespace}/web`)
    await expectStatus(cluster, target, 'Running')
  })

  test('F-60 the wizard makes a VM of a template that was made with it', async ({
    page,
    cluster,
    namespace,
  }) => {
    await cluster.create(RESOURCES.templates, templateIn(namespace, 'web'))
    await page.goto(`/templates?namespace=${namespace}`)
    await clickRowAction(page, 'web', 'Create virtual machine')
    await nameField(page).fill('shop')
    await expect(page.getByRole('combobox', { name: 'Container image' })).toHaveValue(
      SAMPLE_IMAGE,
    )
    await dontStart(page)
    await next(page, 3)
    const target = { namespace, name: 'shop' }
    const { metadata, spec } = await createAndGet(page, cluster, target)
    expect(metadata?.labels).toMatchObject({
      'vm.kubevirt.io/template': 'web',
      'vm.kubevirt.io/template.namespace': namespace,
    })
    expect(spec.template.metadata?.labels).toMatchObject({ 'kubevirt.io/domain': 'shop' })
  })

  test('F-60 disks and NICs are added, changed and removed', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'web' }
    const specOf = async () =>
      virtualMachineOf(await cluster.get<Template>(RESOURCES.templates, target))?.spec
    await cluster.create(RESOURCES.templates, templateIn(namespace, 'web'))
    await page.goto(`/templates/${namespace}/web/disks`)
    await page.getByRole('button', { name: 'Create disk' }).click()
    await page.getByRole('textbox', { name: 'Disk name' }).fill('data')
    await page.getByRole('textbox', { name: 'Size (GiB)' }).fill('3')
    await expectAccessible(page)
    await page.getByRole('button', { name: /^Keep changes/ }).click()
    const disks = page.getByRole('grid', { name: 'Disks' })
    await expectRowVisible(disks, { 'Disk name': 'data', 'Size (GiB)': '3 GiB' })
    expect((await specOf())?.dataVolumeTemplates).toMatchObject([
      { spec: { storage: { resources: { requests: { storage: '3Gi' } } } } },
    ])

    const bootDisk = page.getByRole('combobox', { name: 'Bootable disk' })
    await bootDisk.selectOption('data')
    await expectRowVisible(disks, { 'Disk name': /^data\s+bootable$/ })
    expect((await specOf())?.template.spec?.domain.devices.disks).toContainEqual(
      expect.objectContaining({ name: 'data', bootOrder: 1 }),
    )

    // Somebody else is faster.
    await page.getByRole('button', { name: 'Edit data' }).click()
    await page.getByRole('textbox', { name: 'Size (GiB)' }).fill('4')
    await cluster.patch(RESOURCES.templates, target, { message: 'changed' })
    await page.getByRole('button', { name: /^Keep changes/ }).click()
    await expect(page.getByText('the template was changed elsewhere meanwhile')).toBeVisible()
    await page.getByRole('button', { name: 'Make the change to the current version' }).click()
    await expectRowVisible(disks, { 'Disk name': /^data\s/, 'Size (GiB)': '4 GiB' })
    expect((await cluster.get<Template>(RESOURCES.templates, target)).message).toBe('changed')

    await page.getByRole('button', { name: 'Remove data' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(disks).not.toContainText('data')
    expect(await specOf()).not.toHaveProperty('dataVolumeTemplates')

    await page.getByRole('tab', { name: 'Network interfaces' }).click()
    await page.getByRole('button', { name: 'Edit nic0' }).click()
    await page.getByRole('combobox', { name: 'Model' }).selectOption('e1000e')
    await page.getByRole('button', { name: /^Keep changes/ }).click()
    const nics = page.getByRole('grid', { name: 'Network interfaces' })
    await expectRowVisible(nics, { 'NIC name': 'nic0', Model: 'e1000e' })
    expect((await specOf())?.template.spec?.domain.devices.interfaces).toEqual([
      { name: 'nic0', model: 'e1000e', masquerade: {} },
    ])
    await expectAccessible(page)
  })

  test('F-60 quick create asks for the parameters that need a value', async ({
    page,
    cluster,
    namespace,
  }) => {
    const template = templateIn(namespace, 'licensed')
    const virtualMachine = virtualMachineOf(template)
    Object.assign(virtualMachine?.metadata ?? {}, { annotations: { licence: '${LICENCE}' } })
    template.parameters?.push({
      name: 'LICENCE',
      displayName: 'Licence key',
      description: 'From the vendor',
      required: true,
    })
    await cluster.create(RESOURCES.templates, template)
    // The wizard has no field for it, and says so rather than leave it open.
    const query = new URLSearchParams({ namespace, template: `${namespace}/licensed` })
    await page.goto(`/virtual-machines/create?${query}`)
    await expect(page.getByText(/needs a value for LICENCE/)).toBeVisible()
    await page.goto(`/templates/${namespace}/licensed`)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Quick create' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('shop')
    await expect(dialog.getByRole('button', { name: 'Create' })).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'Licence key' }).fill('4711')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(`/virtual-machines/${namespace}/shop`)
    const target = { namespace, name: 'shop' }
    const made = await cluster.get<VirtualMachine>(RESOURCES.virtualMachines, target)
    expect(made.metadata?.annotations).toMatchObject({ licence: '4711' })
  })

  test('F-60 F-16 without rights on templates one is told why, and gets through elsewhere', async ({
    asUser,
    cluster,
  }) => {
    const page = await asUser('developer')
    await page.goto('/templates/openshift/fedora-server-small/disks')
    const edit = page.getByRole('button', { name: 'Edit rootdisk' })
    await expect(edit).toHaveAttribute('aria-disabled', 'true')
    await edit.hover()
    await expect(page.getByRole('tooltip')).toContainText('no permission to change it')
    await expectAccessible(page)

    const name = `mine-${Date.now().toString(36)}`
    const target = { namespace: 'development', name }
    await page.goto('/templates/create?namespace=development')
    await fillGeneralStep(page, { name, image: SAMPLE_IMAGE })
    await next(page, 3)
    await page.getByRole('button', { name: 'Create template' }).click()
    await expect(
      page.getByRole('heading', { name: `Template ${name} was created` }),
    ).toBeVisible()
    await cluster.delete(RESOURCES.templates, target)
  })

  test('F-60 the example of "With YAML" is a template that can be created', async ({
    page,
    namespace,
  }) => {
    await page.goto(`/templates?namespace=${namespace}`)
    await page.getByRole('button', { name: 'Create template' }).click()
    await page.getByRole('menuitem', { name: /With YAML/ }).click()
    await expect(page.getByText('kind: Template')).toBeVisible()
    await page.getByRole('button', { name: 'Create', exact: true }).click()
    await expect(page).toHaveURL(new RegExp(`/templates/${namespace}/example-`))
    await expect(page.getByRole('grid', { name: 'Parameters' })).toContainText('NAME')
  })
})
