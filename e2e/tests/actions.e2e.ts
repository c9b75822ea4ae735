import { RESOURCES } from '@virtdeck/kubernetes'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, runVirtualMachine, virtualMachine } from '../support/virtual-machine.ts'

test.describe('Actions on virtual machines', () => {
  test('F-34 pause, unpause and force stop of one that runs', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'busy' }
    await runVirtualMachine(cluster, target)
    await page.goto(`/virtual-machines/${namespace}/busy`)
    await test.step('in a low window the menu scrolls, the page does not', async () => {
      const size = page.viewportSize()
      await page.setViewportSize({ width: 1280, height: 520 })
      await page.getByRole('button', { name: 'Actions', exact: true }).click()
      await expect(page.getByRole('menuitem', { name: 'Delete', exact: true })).toBeAttached()
      await expect(page.getByRole('menu')).toBeInViewport({ ratio: 1 })
      await page.keyboard.press('Escape')
      if (size) await page.setViewportSize(size)
    })
    const choose = async (action: string) => {
      await page.getByRole('button', { name: 'Actions', exact: true }).click()
      await page.getByRole('menuitem', { name: action, exact: true }).click()
    }
    const dialog = page.getByRole('dialog')

    await choose('Pause')
    await expect(dialog).toContainText(`virtctl pause vm busy --namespace=${namespace}`)
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await expectStatus(cluster, target, 'Paused')
    await choose('Unpause')
    await dialog.getByRole('button', { name: 'Unpause' }).click()
    await expectStatus(cluster, target, 'Running')

    await choose('Force stop')
    await dialog.getByRole('button', { name: 'Force stop' }).click()
    await expectStatus(cluster, target, 'Stopped')
  })

  test('F-34 several at once: each that can, and of each what became of it', async ({
    page,
    cluster,
    namespace,
  }) => {
    const names = ['first', 'second', 'third']
    for (const name of names) {
      const runStrategy = name === 'third' ? 'Always' : 'Halted'
      const image = 'localhost/virtdeck/nothing:here'
      await cluster.create(
        RESOURCES.virtualMachines,
        virtualMachine({ name, namespace, runStrategy, image }),
      )
    }
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await expectRowVisible(table, { Name: 'third', Status: /Image pull/ })
    await page.getByRole('checkbox', { name: 'Select all rows of this page' }).check()
    await expect(page.getByText('3 selected')).toBeVisible()
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Start (2)' }).click()
    const dialog = page.getByRole('dialog', { name: 'Start: 2 virtual machines' })
    await expectAccessible(page)
    // Somebody else is faster with one of them.
    await cluster.delete(RESOURCES.virtualMachines, { namespace, name: 'second' })
    await dialog.getByRole('button', { name: 'Start', exact: true }).click()
    await expect(dialog.getByText('Done: 1, failed: 1, skipped: 1, left: 0')).toBeVisible()
    const results = dialog.getByRole('grid')
    await expectRowVisible(results, { Name: 'first', Result: 'Done' })
    await expectRowVisible(results, { Name: 'second', Result: /Failed\s+.*"second" not found/ })
    await expectRowVisible(results, { Name: 'third', Result: /Skipped\s+.*running already/ })
    await dialog.getByRole('button', { name: 'Close' }).last().click()

    await page.getByRole('button', { name: /^Delete \(/ }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog').getByText(/left: 0/)).toBeVisible()
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click()
    await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
  })

  test('F-38 labels and the description are edited without YAML', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'labelled' }
    const object = virtualMachine(target)
    object.metadata = { ...object.metadata, labels: { app: 'shop', old: 'x' } }
    await cluster.create(RESOURCES.virtualMachines, object)
    await page.goto(`/virtual-machines?namespace=${namespace}`)

    await clickRowAction(page, 'labelled', 'Edit labels')
    const dialog = page.getByRole('dialog', { name: 'Labels of labelled' })
    await dialog.getByRole('textbox', { name: 'Value 1' }).fill('not a label')
    await expect(dialog.getByText(/with a letter or digit first and last/)).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
    await expectAccessible(page)
    await dialog.getByRole('textbox', { name: 'Value 1' }).fill('crm')
    await dialog.getByRole('button', { name: 'Remove old' }).click()
    await dialog.getByRole('button', { name: 'Add label' }).click()
    await dialog.getByRole('textbox', { name: 'Key 2' }).fill('example.com/owner')
    await dialog.getByRole('textbox', { name: 'Value 2' }).fill('me')
    await expect(dialog).toContainText('old- app=crm example.com/owner=me')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    await clickRowAction(page, 'labelled', 'Edit description')
    await page.getByRole('textbox', { name: 'Description' }).fill('For the shop')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    const { metadata } = await cluster.get(RESOURCES.virtualMachines, target)
    expect(metadata?.labels).toEqual({ app: 'crm', 'example.com/owner': 'me' })
    expect(metadata?.annotations).toMatchObject({ description: 'For the shop' })
  })

  test('the command palette goes to a VM and does things to it, by keyboard alone', async ({
    page,
    cluster,
    namespace,
  }) => {
    const name = `palette-${namespace.slice(-4)}`
    await cluster.create(RESOURCES.virtualMachines, virtualMachine({ name, namespace }))
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    await expect(page.getByRole('link', { name })).toBeVisible()
    await page.keyboard.press('Control+k')
    const field = page.getByRole('combobox', { name: 'Command palette' })
    await expect(field).toBeFocused()
    await page.keyboard.type(name)
    await expect(page.getByRole('option', { selected: true })).toContainText(name)
    await expectAccessible(page)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('pause')
    await expect(page.getByRole('option', { name: /^Pause/ })).toHaveAttribute(
      'aria-disabled',
      'true',
    )
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('delete')
    await expect(page.getByRole('option', { selected: true })).toHaveText('Delete')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText(
      `kubectl delete virtualmachine ${name}`,
    )
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()

    await page.keyboard.press('Control+k')
    await page.keyboard.type('nodes')
    await expect(page.getByRole('option', { selected: true })).toHaveText('Nodes')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Nodes', level: 1 })).toBeVisible()
  })
})
