import { readFile } from 'node:fs/promises'
import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectRowVisible } from '../support/table.ts'
import { virtualMachine } from '../support/virtual-machine.ts'

test.describe('The list of virtual machines', () => {
  test('F-38 filters are in the URL, counters filter, and filters are kept under a name', async ({
    page,
    cluster,
    namespace,
  }) => {
    for (const [name, app] of Object.entries({ alpha: 'shop', beta: 'shop', gamma: 'crm' })) {
      const object = virtualMachine({ name, namespace })
      object.metadata = { ...object.metadata, labels: { app } }
      await cluster.create(RESOURCES.virtualMachines, object)
    }
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await expect(table.getByRole('row')).toHaveCount(4)
    await expect(page.getByRole('button', { name: 'All 3' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Stopped 3' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Running 0' })).toBeVisible()

    await test.step('by a label, of the values that there are', async () => {
      await page.getByRole('button', { name: 'Filter by: Status' }).click()
      await page.getByRole('option', { name: 'Labels' }).click()
      await page.getByRole('button', { name: 'Labels: Any' }).click()
      await page.getByRole('textbox', { name: 'Search: Labels' }).fill('shop')
      await page.getByRole('menuitem', { name: 'app=shop 2' }).getByRole('checkbox').click()
      await page.keyboard.press('Escape')
      await expect(table.getByRole('row')).toHaveCount(3)
      expect(new URL(page.url()).searchParams.getAll('label')).toEqual(['app=shop'])
      await expectAccessible(page)
    })

    await test.step('under a name, which a reload keeps', async () => {
      await page.getByRole('button', { name: 'Saved filters' }).click()
      await page.getByRole('menuitem', { name: /^Save these filters/ }).click()
      await page.getByRole('textbox', { name: 'Name' }).fill('Shop')
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: 'Clear all filters' }).first().click()
      await expect(table.getByRole('row')).toHaveCount(4)
      await page.reload()
      await page.getByRole('button', { name: 'Saved filters' }).click()
      await page.getByRole('menuitem', { name: 'Shop', exact: true }).click()
      await expect(table.getByRole('row')).toHaveCount(3)
    })

    await test.step('the counter shows the stopped ones of them', async () => {
      await page.getByRole('button', { name: 'Running 0' }).click()
      await expect(page.getByRole('heading', { name: 'No results' })).toBeVisible()
      await page.getByRole('button', { name: 'Stopped 3' }).click()
      await expect(table.getByRole('row')).toHaveCount(3)
    })

    await test.step('what matches leaves as CSV', async () => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Export as CSV' }).click()
      const file = await download
      expect(file.suggestedFilename()).toBe('virtual-machines.csv')
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
      expect(lines).toHaveLength(3)
      expect(lines[1]).toContain(`alpha,${namespace},Stopped`)
      expect(lines[1]).toContain('app=shop')
    })
  })

  test('columns are chosen, and this browser remembers them', async ({
    page,
    cluster,
    namespace,
  }) => {
    await cluster.create(RESOURCES.virtualMachines, virtualMachine({ name: 'wide', namespace }))
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await expect(table.getByRole('columnheader', { name: 'Created' })).toBeVisible()
    await page.getByRole('button', { name: 'Columns' }).click()
    for (const column of ['Created', 'Memory', 'Network']) {
      const item = page.getByRole('menuitem', { name: column, exact: true })
      await item.getByRole('checkbox').click()
    }
    await page.keyboard.press('Escape')
    await page.reload()
    await expectRowVisible(table, { Name: 'wide', Memory: '128 MiB', Network: 'Pod network' })
    await expect(table.getByRole('columnheader', { name: 'Created' })).toBeHidden()
  })

  test('F-34 what running VMs use is shown as bars, asked for once for the whole page', async ({
    page,
    cluster,
    namespace,
  }) => {
    for (const [name, runStrategy] of [
      ['busy', 'Always'],
      ['idle', 'Halted'],
    ] as const) {
      const object = virtualMachine({ name, namespace, runStrategy })
      await cluster.create(RESOURCES.virtualMachines, object)
    }
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.url().endsWith('/api/metrics/latest')) asked.push(request.postData() ?? '')
    })
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    const memory = table.getByRole('progressbar', { name: 'Memory use of busy' })
    await expect(memory).toHaveAttribute('aria-valuetext', / of 128 MiB \(\d+%\)$/, {
      timeout: 60_000,
    })
    const cpu = table.getByRole('progressbar', { name: 'CPU use of busy' })
    await expect(cpu).toHaveAttribute('aria-valuetext', / of 1 CPU \(\d+%\)$/, {
      timeout: 60_000,
    })
    await cpu.hover()
    await expect(page.getByRole('tooltip')).toContainText('of 1 CPU')
    await page.mouse.move(0, 0)
    await expect(page.getByRole('tooltip')).toBeHidden()
    await expectRowVisible(table, { Name: 'idle', 'CPU use': '–', 'Memory use': '–' })
    expect(new Set(asked)).toEqual(new Set([asked[0]]))
    expect(asked[0]).not.toContain('idle')
    await expectAccessible(page)
  })

  test('F-34 a state that changed elsewhere shows up in the open page, and in its counters', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'outside' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines?namespace=${namespace}`)
    const table = page.getByRole('grid', { name: 'Virtual Machines' })
    await expectRowVisible(table, { Name: 'outside', Status: 'Stopped' })
    await expect(page.getByRole('button', { name: 'Stopped 1' })).toBeVisible()
    await cluster.patch(RESOURCES.virtualMachines, target, {
      metadata: { labels: { changed: 'outside' } },
      spec: { runStrategy: 'Always' },
    })
    await expect(page.getByRole('button', { name: 'Stopped 0' })).toBeVisible()
    await expectRowVisible(table, { Name: 'outside', Status: /Starting|Running/ })
    await page.getByRole('textbox', { name: /^Search by name/ }).fill('changed=out')
    await expect(table.getByRole('row')).toHaveCount(2)
  })
})
