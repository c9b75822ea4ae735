import { RESOURCES } from '@virtdeck/kubernetes'
import { openSerialConsole, runOnSerial } from '../support/consoles.ts'
import { importSampleDisk } from '../support/sample-disk.ts'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, virtualMachineOnClaim } from '../support/virtual-machine.ts'

test('F-34 a clone of a running VM has its files, and an identity of its own', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(300_000)
  const source = { namespace, name: 'model' }
  await importSampleDisk(cluster, { namespace, name: 'model-root' })
  const machine = virtualMachineOnClaim({ ...source, runStrategy: 'Always' }, 'model-root')
  await cluster.create(RESOURCES.virtualMachines, machine)
  await expectStatus(cluster, source, 'Running')
  await openSerialConsole(page, source)
  await runOnSerial(page, 'echo precious > /data/note; sync; echo written-$?', 'written-0')

  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await clickRowAction(page, 'model', 'Clone')
  const dialog = page.getByRole('dialog', { name: 'Clone model' })
  const name = dialog.getByRole('textbox', { name: 'Name of the clone' })
  await expect(name).toHaveValue('model-clone')
  await expect(dialog.getByText('It runs:')).toBeVisible()
  const submit = dialog.getByRole('button', { name: 'Clone', exact: true })
  await name.fill('model')
  await expect(dialog.getByText(/has a virtual machine model already/)).toBeVisible()
  await expect(submit).toBeDisabled()
  await name.fill('twin')
  await dialog.getByRole('checkbox', { name: 'Take its labels along' }).uncheck()
  await expect(submit).toBeEnabled()
  await expectAccessible(page)
  await submit.click()
  await expect(dialog.getByText('twin is there')).toBeVisible({ timeout: 120_000 })
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Start it' }).click()
  await expect(page.getByText('twin is being started')).toBeVisible()
  await dialog.getByRole('link', { name: 'Open twin' }).click()
  await expect(page.getByRole('heading', { name: 'twin' })).toBeVisible()
  await expectStatus(cluster, { namespace, name: 'twin' }, 'Running')
  await openSerialConsole(page, { namespace, name: 'twin' })
  await runOnSerial(page, 'cat /data/note; echo read-$?', 'precious\nread-0')
  const macs = await Promise.all(
    ['model', 'twin'].map(async (each) => {
      const target = { namespace, name: each }
      const { status } = await cluster.get(RESOURCES.virtualMachineInstances, target)
      return (status as { interfaces: { mac: string }[] }).interfaces[0]?.mac
    }),
  )
  expect(macs[0]).toBeTruthy()
  expect(macs[1]).not.toBe(macs[0])
})

test('F-34 a snapshot is taken from the list, and becomes a VM of its own', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(120_000)
  await cluster.create(RESOURCES.persistentVolumeClaims, {
    metadata: { name: 'still-data', namespace },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '16Mi' } },
    },
  })
  const target = { namespace, name: 'still' }
  await cluster.create(RESOURCES.virtualMachines, virtualMachineOnClaim(target, 'still-data'))
  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await clickRowAction(page, 'still', 'Take snapshot')
  const take = page.getByRole('dialog', { name: 'Take a snapshot of still' })
  await take.getByRole('textbox', { name: 'Name' }).fill('first')
  await take.getByRole('button', { name: 'Take snapshot' }).click()

  await page.goto(`/virtual-machines/${namespace}/still`)
  await page.getByRole('link', { name: 'All snapshots' }).click()
  const table = page.getByRole('grid', { name: 'Snapshots' })
  await expectRowVisible(table, { Name: 'first', Status: 'Succeeded' }, { timeout: 60_000 })
  await page.getByRole('button', { name: 'Actions on first' }).click()
  await page.getByRole('menuitem', { name: 'Clone to a new virtual machine' }).click()
  const dialog = page.getByRole('dialog', { name: 'New virtual machine from the snapshot' })
  await dialog.getByRole('button', { name: 'Clone', exact: true }).click()
  await expect(dialog.getByText('still-clone is there')).toBeVisible({ timeout: 60_000 })
  await expectStatus(cluster, { namespace, name: 'still-clone' }, 'Stopped')
})
