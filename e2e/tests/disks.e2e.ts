import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine } from '@virtdeck/kubevirt'
import type { Page } from '@playwright/test'
import {
  expectConsoleState,
  expectSerialText,
  logInOnSerial,
  runOnSerial,
} from '../support/consoles.ts'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, virtualMachine } from '../support/virtual-machine.ts'

type Stored = KubernetesObject & Pick<VirtualMachine, 'spec'>

const disksTable = (page: Page) => page.getByRole('grid', { name: 'Disks' })

async function addDisk(page: Page, what: string): Promise<void> {
  await page.getByRole('button', { name: 'Add disk' }).click()
  await page.getByRole('menuitem', { name: what }).click()
}

async function chooseAction(page: Page, disk: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions on ${disk}` }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}

async function openSerial(page: Page, target: { namespace: string; name: string }) {
  await page.goto(`/virtual-machines/${target.namespace}/${target.name}/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
}

/** Asks the guest itself how large its hot-plugged disk is, in KiB. */
async function expectPlugged(page: Page, kibibytes: string): Promise<void> {
  const ask = `echo "sda:$(awk '$4 == "sda" { print $3 }' /proc/partitions):"`
  await expect(async () => {
    await runOnSerial(page, ask, 'sda:')
    await expectSerialText(page, `sda:${kibibytes}:`, { timeout: 2_000 })
  }).toPass({ timeout: 60_000 })
}

const claim = (name: string, namespace: string): KubernetesObject => ({
  metadata: { name, namespace },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '16Mi' } } },
})

test('F-31 a disk is plugged into a running guest, grown, and taken out again with its data', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  const target = { namespace, name: 'plugged' }
  const machine = virtualMachine({ ...target, runStrategy: 'Always' }) as Stored
  machine.spec.template.spec?.domain.devices.disks?.push({
    name: 'tray',
    cdrom: { bus: 'sata' },
  })
  await cluster.create(RESOURCES.virtualMachines, machine)
  await expectStatus(cluster, target, 'Running')
  const open = () => page.goto(`/virtual-machines/${namespace}/plugged/disks`)
  const dialog = page.getByRole('dialog')
  const table = disksTable(page)

  await open()
  await expectRowVisible(table, { Name: 'rootdisk' })
  await expectAccessible(page)
  await addDisk(page, 'Blank disk')
  await dialog.getByRole('textbox', { name: 'Disk name' }).fill('data')
  await dialog.getByRole('textbox', { name: /^Size/ }).fill('0.0625')
  await expect(dialog.getByText(/gets the disk at once/)).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toBeHidden()
  const plugged = { Name: 'data', Status: 'Hot-plugged' }
  await expectRowVisible(table, { ...plugged, Size: '64 MiB' }, { timeout: 60_000 })

  await chooseAction(page, 'data', 'Resize')
  const size = dialog.getByRole('textbox', { name: /^Size/ })
  await size.fill('0.01')
  await expect(dialog.getByText(/Disks can grow, not shrink: more than/)).toBeVisible()
  await size.fill('0.125')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Resize' }).click()
  await expect(dialog).toBeHidden()
  await expectRowVisible(table, { ...plugged, Size: '128 MiB' }, { timeout: 60_000 })
  await openSerial(page, target)
  await expectPlugged(page, '131072')

  await cluster.create(RESOURCES.persistentVolumeClaims, claim('iso', namespace))
  await open()
  await chooseAction(page, 'tray', 'Mount')
  await dialog.getByRole('combobox', { name: 'PersistentVolumeClaim' }).selectOption('iso')
  await expect(dialog.getByText(/finds it in its drive at once/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Mount' }).click()
  await expectRowVisible(table, { Name: 'tray', Size: '16 MiB', Status: 'Hot-plugged' })
  await chooseAction(page, 'tray', 'Eject')
  await dialog.getByRole('button', { name: 'Eject' }).click()
  await expectRowVisible(table, { Name: 'tray', Source: 'Empty drive' })

  await chooseAction(page, 'data', 'Detach')
  await dialog
    .getByRole('checkbox', { name: /Also delete the DataVolume plugged-data/ })
    .check()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Detach' }).click()
  await expect(dialog).toBeHidden()
  await expect(table.getByText('data', { exact: true })).toBeHidden({ timeout: 60_000 })
  const claims = async () =>
    (await cluster.list(RESOURCES.persistentVolumeClaims, { namespace })).items.map(
      ({ metadata }) => metadata?.name,
    )
  await expect.poll(claims, { timeout: 60_000 }).toEqual(['iso'])
  await openSerial(page, target)
  await expectPlugged(page, '')
})

test('F-31 F-36 disks and CD-ROM drives of a stopped VM are added, edited, mounted and ejected', async ({
  page,
  cluster,
  namespace,
  asServiceAccount,
}) => {
  const target = { namespace, name: 'still' }
  await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
  for (const name of ['iso', 'still-taken']) {
    await cluster.create(RESOURCES.persistentVolumeClaims, claim(name, namespace))
  }
  const path = `/virtual-machines/${namespace}/still/disks`
  await page.goto(path)
  const dialog = page.getByRole('dialog')
  const table = disksTable(page)

  await addDisk(page, 'VirtIO drivers')
  await expectRowVisible(table, { Name: 'virtiocontainerdisk', Drive: 'CD-ROM' })
  await addDisk(page, 'CD-ROM drive')
  await dialog.getByRole('textbox', { name: 'Disk name' }).fill('tray')
  await dialog.getByRole('combobox', { name: 'PersistentVolumeClaim' }).selectOption('iso')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toBeHidden()
  await expectRowVisible(table, { Name: 'tray', Source: 'PersistentVolumeClaim' })
  await chooseAction(page, 'tray', 'Eject')
  await dialog.getByRole('button', { name: 'Eject' }).click()
  await expectRowVisible(table, { Name: 'tray', Source: 'Empty drive' })
  await chooseAction(page, 'tray', 'Mount')
  await dialog.getByRole('combobox', { name: 'PersistentVolumeClaim' }).selectOption('iso')
  await dialog.getByRole('button', { name: 'Mount' }).click()
  await expectRowVisible(table, { Name: 'tray', Source: 'PersistentVolumeClaim' })

  // A claim of that name is there: its content would become the disk's.
  await addDisk(page, 'Blank disk')
  await dialog.getByRole('textbox', { name: 'Disk name' }).fill('taken')
  await expect(dialog.getByText(/still-taken exists already/)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Add' })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  await chooseAction(page, 'rootdisk', 'Edit')
  await dialog.getByRole('combobox', { name: 'Interface' }).selectOption('scsi')
  await dialog.getByRole('textbox', { name: 'Serial number' }).fill('not good')
  await expect(dialog.getByText(/Letters, digits/)).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Serial number' }).fill('ROOT-1')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expectRowVisible(table, { Name: 'rootdisk', Interface: 'scsi' })
  const { spec } = await cluster.get<Stored>(RESOURCES.virtualMachines, target)
  expect(spec.template.spec?.domain.devices.disks?.[0]).toEqual({
    name: 'rootdisk',
    disk: { bus: 'scsi' },
    serial: 'ROOT-1',
  })

  // Somebody else is faster.
  await chooseAction(page, 'virtiocontainerdisk', 'Detach')
  const inside = spec.template.spec
  const others = <T extends { name: string }>(items: readonly T[] = []) =>
    items.filter(({ name }) => name !== 'virtiocontainerdisk')
  await cluster.patch(RESOURCES.virtualMachines, target, {
    spec: {
      template: {
        spec: {
          domain: { devices: { disks: others(inside?.domain.devices.disks) } },
          volumes: others(inside?.volumes),
        },
      },
    },
  })
  await dialog.getByRole('button', { name: 'Detach' }).click()
  await expect(dialog.getByText(/is not in the virtual machine any more/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Cancel' }).click()

  const viewer = await asServiceAccount(namespace, ['view', 'kubevirt.io:view'])
  await viewer.goto(path)
  const add = viewer.getByRole('button', { name: 'Add disk' })
  await expect(add).toHaveAttribute('aria-disabled', 'true')
  await add.hover()
  await expect(viewer.getByRole('tooltip')).toHaveText(/You have no permission/)
})
