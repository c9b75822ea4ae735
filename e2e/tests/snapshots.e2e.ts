import { RESOURCES } from '@virtdeck/kubernetes'
import { openSerialConsole, runOnSerial } from '../support/consoles.ts'
import { importSampleDisk } from '../support/sample-disk.ts'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, virtualMachineOnClaim } from '../support/virtual-machine.ts'

test('F-34 what a guest wrote after a snapshot is gone once it was restored', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(300_000)
  const target = { namespace, name: 'kept' }
  await importSampleDisk(cluster, { namespace, name: 'kept-root' })
  const machine = virtualMachineOnClaim({ ...target, runStrategy: 'Always' }, 'kept-root')
  await cluster.create(RESOURCES.virtualMachines, machine)
  await expectStatus(cluster, target, 'Running')

  await openSerialConsole(page, target)
  await runOnSerial(page, 'echo before > /data/note; sync; echo written-$?', 'written-0')

  await page.goto(`/virtual-machines/${namespace}/kept/snapshots`)
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Take snapshot' }).click()
  const take = page.getByRole('dialog', { name: 'Take a snapshot of kept' })
  await expect(take.getByText(/guest agent writes everything|no guest agent/)).toBeVisible()
  await take.getByRole('textbox', { name: 'Name' }).fill('Not A Name')
  await expect(take.getByRole('button', { name: 'Take snapshot' })).toBeDisabled()
  await take.getByRole('textbox', { name: 'Name' }).fill('first')
  await expectAccessible(page)
  await take.getByRole('button', { name: 'Take snapshot' }).click()
  const table = page.getByRole('grid', { name: 'Snapshots' })
  await expectRowVisible(table, { Name: 'first', Status: 'Succeeded' }, { timeout: 60_000 })

  await openSerialConsole(page, target)
  await runOnSerial(page, 'echo after > /data/note; sync; cat /data/note', 'after')

  await page.goto(`/virtual-machines/${namespace}/kept/snapshots`)
  await page.getByRole('button', { name: 'Actions on first' }).click()
  await page.getByRole('menuitem', { name: 'Restore' }).click()
  const restore = page.getByRole('dialog', { name: /Restore kept/ })
  await expect(restore.getByRole('button', { name: 'Restore' })).toBeDisabled()
  await restore.getByRole('checkbox', { name: 'Stop it first' }).check()
  await expectAccessible(page)
  await restore.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByText('kept is being restored')).toBeVisible()
  await expect
    .poll(
      async () => {
        const { items } = await cluster.list(RESOURCES.virtualMachineRestores, { namespace })
        return items.map(({ status }) => (status as { complete?: boolean }).complete)
      },
      { timeout: 90_000 },
    )
    .toEqual([true])

  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  const start = page.getByRole('menuitem', { name: 'Start', exact: true })
  await expect(start).not.toHaveAttribute('aria-disabled', 'true')
  await start.click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await expectStatus(cluster, target, 'Running')
  await openSerialConsole(page, target)
  await runOnSerial(page, 'cat /data/note; echo read-$?', 'before\nread-0')

  await page.goto(`/virtual-machines/${namespace}/kept/snapshots`)
  await page.getByRole('button', { name: 'Actions on first' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible()
})
