import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { Download } from '@playwright/test'
import { RESOURCES } from '@virtdeck/kubernetes'
import { importSampleDisk } from '../support/sample-disk.ts'
import { clickRowAction } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, virtualMachineOnClaim } from '../support/virtual-machine.ts'

async function digestOf(download: Download, isCompressed: boolean): Promise<string> {
  const hash = createHash('sha256')
  const file = createReadStream(await download.path())
  await (isCompressed ? pipeline(file, createGunzip(), hash) : pipeline(file, hash))
  return hash.digest('hex')
}

test('F-34 the disks of a VM that is off are downloaded, and the export ends', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(120_000)
  const target = { namespace, name: 'moving' }
  await importSampleDisk(cluster, { namespace, name: 'moving-root' })
  await cluster.create(RESOURCES.virtualMachines, virtualMachineOnClaim(target, 'moving-root'))
  await expectStatus(cluster, target, 'Stopped')
  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await clickRowAction(page, 'moving', 'Export disks')
  const dialog = page.getByRole('dialog', { name: 'Export moving' })
  await dialog.getByLabel('Ends after').selectOption('1 hour')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Export disks' }).click()
  const raw = dialog.getByRole('link', { name: 'Disk image (raw)' })
  await expect(raw).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)
  const download = async (name: string) => {
    const started = page.waitForEvent('download')
    await dialog.getByRole('link', { name }).click()
    return started
  }
  const whole = await download('Disk image (raw)')
  expect(whole.suggestedFilename()).toBe('moving-root.img')
  const compressed = await download('Compressed (gzip)')
  expect(compressed.suggestedFilename()).toBe('moving-root.img.gz')
  expect(await digestOf(compressed, true)).toBe(await digestOf(whole, false))

  // The dialog of one disk is about that disk only.
  await page.goto(`/virtual-machines/${namespace}/moving/disks`)
  await page.getByRole('button', { name: 'Actions on rootdisk' }).click()
  await page.getByRole('menuitem', { name: 'Export' }).click()
  const one = page.getByRole('dialog', { name: 'Export moving-root' })
  await expect(one.getByRole('button', { name: 'Export disks' })).toBeEnabled()
  await page.keyboard.press('Escape')
  await page.goto(`/virtual-machines?namespace=${namespace}`)

  // What the dialog was closed on is there again.
  await clickRowAction(page, 'moving', 'Export disks')
  await expect(raw).toBeVisible()
  await dialog.getByRole('button', { name: 'End export' }).click()
  await expect(dialog).toBeHidden()
  await expect
    .poll(async () => {
      const { items } = await cluster.list(RESOURCES.virtualMachineExports, { namespace })
      return items.length
    })
    .toBe(0)
})
