import { RESOURCES } from '@virtdeck/kubernetes'
import type { Template, VirtualMachine } from '@virtdeck/kubevirt'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'

const BASE = { namespace: 'openshift', name: 'fedora-server-small' }
const URL_OF_BASE = `/templates/${BASE.namespace}/${BASE.name}`

test.describe('F-60 templates', () => {
  test('F-60 the list shows what a template is for and is searched', async ({ page }) => {
    await page.goto('/templates?namespace=openshift')
    await page.getByRole('textbox', { name: 'Search by name' }).fill('fedora-server')
    const table = page.getByRole('grid', { name: 'Templates' })
    await expectRowVisible(table, {
      Name: BASE.name,
      Namespace: 'openshift',
      'Operating system': 'Fedora',
      Workload: 'Server',
      Flavor: 'Small',
      Type: 'Base',
    })
    await expect(table).toContainText('Fedora VM')
    await expectAccessible(page)
  })

  test('F-60 the list is searched by titles and sorted by its columns', async ({ page }) => {
    await page.goto('/templates?namespace=openshift')
    const table = page.getByRole('grid', { name: 'Templates' })
    await page.getByRole('textbox', { name: 'Search by name' }).fill('Windows Server 2025')
    await expect(table).toContainText('windows2k25')
    await expect(table).not.toContainText('fedora')
    // Faster than the page draws what the first one did.
    const clear = await page.getByRole('button', { name: 'Clear', exact: true }).elementHandle()
    const flavor = await page.getByRole('button', { name: 'Flavor' }).elementHandle()
    await page.evaluate(
      (buttons) => buttons.forEach((button) => (button as HTMLElement).click()),
      [clear, flavor],
    )
    await expect(page.getByRole('textbox', { name: 'Search by name' })).toHaveValue('')
    await expect(table.getByRole('row').nth(1)).toContainText('Large')
    await page.getByRole('button', { name: 'Flavor' }).click()
    await expect(table.getByRole('row').nth(1)).toContainText('Tiny')
  })

  test('F-60 details, disks and network interfaces', async ({ page }) => {
    await page.goto(URL_OF_BASE)
    await expect(page.getByRole('heading', { level: 1, name: BASE.name })).toBeVisible()
    await expect(page.getByText('1 CPU | 2 GiB')).toBeVisible()
    await expect(page.getByText('DataSource kubevirt-os-images/fedora')).toBeVisible()
    const parameters = page.getByRole('grid', { name: 'Parameters' })
    await expectRowVisible(parameters, { Name: 'DATA_SOURCE_NAME', Value: 'fedora' })
    await expectAccessible(page)

    await page.getByRole('tab', { name: 'Disks' }).click()
    await expectRowVisible(page.getByRole('grid', { name: 'Disks' }), {
      'Disk name': /^rootdisk/,
      'Size (GiB)': '30 GiB',
    })
    await page.getByRole('tab', { name: 'Network interfaces' }).click()
    const interfaces = page.getByRole('grid', { name: 'Network interfaces' })
    await expectRowVisible(interfaces, {
      'NIC name': 'default',
      'Network configuration': 'Pod network',
    })
    await expectAccessible(page)
  })

  test('F-60 a clone is changed as YAML and deleted', async ({ page, cluster, namespace }) => {
    await page.goto('/templates?namespace=openshift&search=fedora-server-small')
    await clickRowAction(page, BASE.name, 'Clone')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('mine')
    await dialog.getByRole('combobox', { name: 'Project' }).selectOption(namespace)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Clone' }).click()
    await expect(page).toHaveURL(`/templates/${namespace}/mine`)
    await expect(page.getByRole('heading', { level: 1, name: 'mine' })).toBeVisible()
    const target = { namespace, name: 'mine' }
    const clone = await cluster.get<Template>(RESOURCES.templates, target)
    expect(clone.metadata?.labels).toMatchObject({ 'template.kubevirt.io/type': 'vm' })

    await page.getByRole('tab', { name: 'YAML' }).click()
    await page.getByRole('textbox', { name: 'YAML of mine' }).focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.insertText('message: changed\n')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect
      .poll(async () => (await cluster.get<Template>(RESOURCES.templates, target)).message)
      .toBe('changed')

    await page.goto(`/templates?namespace=${namespace}`)
    await clickRowAction(page, 'mine', 'Delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('heading', { name: 'No Templates here' })).toBeVisible()
  })

  test('F-60 quick create needs nothing but a name', async ({ page, cluster, namespace }) => {
    await page.goto(URL_OF_BASE)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Quick create' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Quick')
    await expect(dialog.getByText(/No capital letters/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Name' }).fill('quick')
    await dialog.getByRole('combobox', { name: 'Project' }).selectOption(namespace)
    await dialog.getByRole('button', { name: 'Create' }).click()
    await expect(page).toHaveURL(`/virtual-machines/${namespace}/quick`)
    const target = { namespace, name: 'quick' }
    const created = await cluster.get<VirtualMachine>(RESOURCES.virtualMachines, target)
    expect(created.spec).toMatchObject({
      runStrategy: 'Halted',
      dataVolumeTemplates: [{ metadata: { name: 'quick' } }],
    })
  })

  test('F-60 the wizard begins with the template', async ({ page }) => {
    await page.goto(URL_OF_BASE)
    await page.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Create virtual machine' }).click()
    await expect(page).toHaveURL(/template=openshift%2Ffedora-server-small/)
  })

  test('F-60 F-30 whoever may not delete or change is told why', async ({ asUser }) => {
    const page = await asUser('developer')
    await page.goto(URL_OF_BASE)
    await page.getByRole('button', { name: 'Actions' }).click()
    const remove = page.getByRole('menuitem', { name: 'Delete' })
    await expect(remove).toHaveAttribute('aria-disabled', 'true')
    await remove.hover()
    await expect(page.getByRole('tooltip')).toContainText('came with the cluster')
    await page.keyboard.press('Escape')
    await page.getByRole('tab', { name: 'YAML' }).click()
    await expect(page.getByText('have no permission to change it')).toBeVisible()
  })
})
