import type { Page } from '@playwright/test'
import { expectConsoleState, logInOnSerial, runOnSerial } from '../support/consoles.ts'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine } from '../support/virtual-machine.ts'

const disksTable = (page: Page) => page.getByRole('grid', { name: 'Disks' })

/** Asks the guest itself how large its hot-plugged disk is, in KiB. */
async function expectPartition(page: Page, target: Target, answer: string): Promise<void> {
  await page.goto(`/virtual-machines/${target.namespace}/${target.name}/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
  await runOnSerial(
    page,
    'echo "sda:$(awk \'$4 == "sda" { print $3 }\' /proc/partitions):"',
    `sda:${answer}:`,
  )
}

interface Target {
  namespace: string
  name: string
}

test('F-31 a disk is plugged into a running guest, grown, and taken out again with its data', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  const target = { namespace, name: 'plugged' }
  await runVirtualMachine(cluster, target)
  const open = () => page.goto(`/virtual-machines/${namespace}/plugged/disks`)
  const dialog = page.getByRole('dialog')

  await open()
  await expectRowVisible(disksTable(page), { Name: 'rootdisk' })
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create disk' }).click()
  await dialog.getByRole('textbox', { name: 'Disk name' }).fill('data')
  await dialog.getByRole('textbox', { name: /^Size/ }).fill('0.0625')
  await expect(dialog.getByText(/gets the disk at once/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toBeHidden()
  await expectRowVisible(
    disksTable(page),
    { Name: 'data', Status: 'Hot-plugged' },
    { timeout: 60_000 },
  )
  await expectPartition(page, target, '65536')

  await open()
  await page.getByRole('button', { name: 'Detach data' }).click()
  await expect(dialog).toContainText('virtctl removevolume plugged')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Detach' }).click()
  await expect(disksTable(page).getByText('data', { exact: true })).toBeHidden({
    timeout: 60_000,
  })
  await expectPartition(page, target, '')
})
