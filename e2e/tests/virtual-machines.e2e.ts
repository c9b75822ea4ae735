import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expectStatus, virtualMachine } from '../support/virtual-machine.ts'

test.describe('Virtual machines', () => {
  test('the list says what to do when there is none', async ({ page, namespace }) => {
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
    await expectAccessible(page)
  })

  test('F-01 the list is searched, filtered, sorted and narrowed to a project', async ({
    page,
    cluster,
    namespace,
  }) => {
    for (const name of ['alpha', 'beta', 'gamma']) {
      await cluster.create(RESOURCES.virtualMachines, virtualMachine({ name, namespace }))
    }
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    for (const name of ['alpha', 'beta', 'gamma']) {
      await expectRowVisible(table, { Name: name, Namespace: namespace, Status: 'Stopped' })
    }
    await expect(table.getByRole('row').nth(1)).toContainText('alpha')
    await expectAccessible(page)

    await table.getByRole('button', { name: 'Name', exact: true }).click()
    await expect(table.getByRole('row').nth(1)).toContainText('gamma')

    await page.getByRole('textbox', { name: 'Search by name, label or IP address' }).fill('bet')
    await expect(table.getByRole('row')).toHaveCount(2)
    await expectRowVisible(table, { Name: 'beta' })

    await page
      .getByRole('textbox', { name: 'Search by name, label or IP address' })
      .fill('zeta')
    await expect(page.getByRole('heading', { name: 'No results' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear all filters' }).last().click()
    await expect(table.getByRole('row')).toHaveCount(4)
  })

  test('the list changes by itself when something changes elsewhere', async ({
    page,
    cluster,
    namespace,
  }) => {
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
    const target = { namespace, name: 'elsewhere' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await expectRowVisible(table, { Name: 'elsewhere', Status: 'Stopped' })
    await cluster.delete(RESOURCES.virtualMachines, target)
    await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
  })

  test('F-34 start and stop from the row menu, with confirmation', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'switched' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await clickRowAction(page, 'switched', 'Start')
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
    await expectRowVisible(
      table,
      { Name: 'switched', Status: 'Running', Node: /^node0[12]$/ },
      { timeout: 90_000 },
    )
    await clickRowAction(page, 'switched', 'Stop')
    await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
    await expectRowVisible(table, { Name: 'switched', Status: 'Stopped' }, { timeout: 90_000 })
  })

  test('F-33 two tabs that delete the same virtual machine both end well', async ({
    page,
    asUser,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'doomed' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await expectStatus(cluster, target, 'Stopped')
    const other = await asUser('admin')
    for (const tab of [page, other]) {
      await tab.goto(`/virtual-machines?namespace=${namespace}`)
      await clickRowAction(tab, 'doomed', 'Delete')
      await expect(tab.getByRole('dialog')).toContainText('will be deleted')
    }
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
    await other.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(other.getByText('doomed was deleted already')).toBeVisible()
  })

  test('F-34 a user who may only look sees the actions, disabled and with the reason', async ({
    asServiceAccount,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'foreign' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    const page = await asServiceAccount(namespace, ['view', 'kubevirt.io:view'])
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const row = page.getByRole('row').filter({ hasText: 'foreign' })
    await row.getByRole('button', { name: 'Actions for foreign' }).click()
    for (const name of ['Start', 'Delete']) {
      const item = page.getByRole('menuitem', { name: new RegExp(`^${name}`) })
      await expect(item).toHaveAttribute('aria-disabled', 'true')
      await item.hover()
      await expect(page.getByRole('tooltip')).toHaveText(
        `You have no permission to do this in project ${namespace}.`,
      )
    }
  })

  test('a user without any rights in a project is told so', async ({ asUser, namespace }) => {
    const page = await asUser('developer')
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    await expect(page.getByText(/cannot list resource "virtualmachines"/)).toBeVisible()
    await expectAccessible(page)
  })
})
