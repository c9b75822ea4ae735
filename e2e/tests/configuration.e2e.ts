import { RESOURCES, type KubernetesObject } from '@virtdeck/kubernetes'
import type { VirtualMachine, VirtualMachineInstance } from '@virtdeck/kubevirt'
import type { Page } from '@playwright/test'
import { expectConsoleState, logInOnSerial, runOnSerial } from '../support/consoles.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, runVirtualMachine, virtualMachine } from '../support/virtual-machine.ts'
import { searchAndChoose } from '../support/wizard.ts'

type Stored = KubernetesObject & Pick<VirtualMachine, 'spec'>

/** A running one whose size and devices the cluster's objects choose. */
function typedVirtualMachine(target: { namespace: string; name: string }): Stored {
  const machine = virtualMachine({ ...target, runStrategy: 'Always' }) as Stored
  // The instance type has the memory.
  delete machine.spec.template.spec?.domain.memory
  machine.spec.instancetype = { name: 'u1.nano' }
  machine.spec.preference = { name: 'cirros' }
  return machine
}

const editButton = (page: Page, subject: string) =>
  page.getByRole('button', { name: `Edit ${subject}`, exact: true })

const valueOf = (page: Page, term: string) =>
  page
    .locator('dl > div')
    .filter({ has: page.getByRole('term').getByText(term, { exact: true }) })
    .getByRole('definition')

test.describe('Configuration', () => {
  test('F-38 CPUs and memory of a running guest wait for a restart, and then it has them', async ({
    page,
    cluster,
    namespace,
  }) => {
    test.setTimeout(180_000)
    const target = { namespace, name: 'grown' }
    await runVirtualMachine(cluster, target)
    await page.goto(`/virtual-machines/${namespace}/grown/configuration`)
    const dialog = page.getByRole('dialog')
    const waiting = page.getByRole('heading', { name: /Restart required/ })
    await expect(valueOf(page, 'CPU')).toHaveText('1 CPU (1 × 1 × 1)')
    await expect(waiting).toBeHidden()
    await expectAccessible(page)

    await editButton(page, 'CPU').click()
    await expect(dialog.getByText(/takes effect after a restart/)).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Sockets' }).fill('0')
    await expect(dialog.getByText('The number must be greater than 0.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
    await dialog.getByRole('textbox', { name: 'Sockets' }).fill('2')
    await expect(dialog).toContainText('kubectl patch virtualmachine grown')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    await editButton(page, 'Memory').click()
    await dialog.getByRole('textbox', { name: 'Memory', exact: true }).fill('192')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()

    await expect(waiting).toBeVisible()
    await expect(page.getByText('CPU: 1 CPU (1 × 1 × 1) → 2 CPUs (2 × 1 × 1)')).toBeVisible()
    await expect(page.getByText('Memory: 128 MiB → 192 MiB')).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('tab', { name: 'Overview' }).click()
    await expect(waiting).toBeVisible()

    const uidOf = async () =>
      (await cluster.get(RESOURCES.virtualMachineInstances, target).catch(() => undefined))
        ?.metadata?.uid
    const before = await uidOf()
    await page.getByRole('button', { name: 'Restart' }).click()
    await dialog.getByRole('button', { name: 'Restart' }).click()
    await expect(waiting).toBeHidden({ timeout: 60_000 })
    await expect.poll(uidOf, { timeout: 60_000 }).not.toBe(before)
    await expectStatus(cluster, target, 'Running')

    await page.goto(`/virtual-machines/${namespace}/grown/consoles`)
    await page.getByRole('button', { name: /^Console type/ }).click()
    await page.getByRole('option', { name: 'Serial Console' }).click()
    await expectConsoleState(page, 'Connected')
    await logInOnSerial(page)
    await runOnSerial(page, 'echo cpus=$(nproc)', 'cpus=2')
    await runOnSerial(
      page,
      'awk \'/MemTotal/ { print ($2 > 140000 ? "gro" : "sma") "wn" }\' /proc/meminfo',
      'grown',
    )
  })

  test('F-38 the boot order is changed by keyboard alone, with disks and NICs in one list', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'booting' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines/${namespace}/booting/configuration`)
    await editButton(page, 'Boot order').click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('checkbox', { name: 'Boot from default' }).check()
    await expectAccessible(page)
    const handle = dialog.getByRole('button', { name: 'Move default' })
    await handle.focus()
    await page.keyboard.press('Space')
    await expect(page.getByText('default is at place 2.')).toBeAttached()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByText('default is at place 1.')).toBeAttached()
    await page.keyboard.press('Space')
    await expect(page.getByText('default dropped at place 1.')).toBeAttached()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(valueOf(page, 'Boot order')).toHaveText(/default\s*rootdisk/)
    const { spec } = await cluster.get<Stored>(RESOURCES.virtualMachines, target)
    const { disks, interfaces } = spec.template.spec?.domain.devices ?? {}
    expect(interfaces?.[0]?.bootOrder).toBe(1)
    expect(disks?.[0]?.bootOrder).toBe(2)
  })

  test('F-38 F-35 an edit of somebody else is not overwritten, and refusals land on their field', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'shared' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines/${namespace}/shared/configuration`)
    const dialog = page.getByRole('dialog')
    const patch = (spec: object) =>
      cluster.patch(RESOURCES.virtualMachines, target, { spec: { template: { spec } } })

    await editButton(page, 'Hostname').click()
    const hostname = dialog.getByRole('textbox', { name: 'Hostname' })
    await hostname.fill('mine')
    await patch({ hostname: 'theirs' })
    await expect(dialog.getByText('Somebody else has changed this meanwhile')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
    await expect(hostname).toHaveValue('mine')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(valueOf(page, 'Hostname')).toHaveText('mine')

    // Another edit of another field is nobody's conflict.
    await editButton(page, 'Memory').click()
    await patch({ domain: { resources: { limits: { memory: '160Mi' } } } })
    const memory = dialog.getByRole('textbox', { name: 'Memory', exact: true })
    await memory.fill('192')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(
      dialog.getByText(/must be equal to or less than the memory limit/),
    ).toBeVisible()
    await memory.fill('128')
    await dialog.getByRole('textbox', { name: /^Memory request/ }).fill('64')
    await expect(dialog.getByText(/^Risk: the guest sees more memory/)).toBeVisible()
    await dialog.getByRole('checkbox', { name: /overhead/ }).check()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(valueOf(page, 'Memory')).toContainText(
      '128 MiB, of which 64 MiB are set aside',
    )
  })

  test('F-38 another instance type and preference wait for a restart; one that does not fit is refused on its field', async ({
    page,
    cluster,
    namespace,
  }) => {
    test.setTimeout(120_000)
    const target = { namespace, name: 'typed' }
    await cluster.create(RESOURCES.virtualMachines, typedVirtualMachine(target))
    await expectStatus(cluster, target, 'Running')
    await page.goto(`/virtual-machines/${namespace}/typed/configuration`)
    const dialog = page.getByRole('dialog')
    const save = dialog.getByRole('button', { name: 'Save' })
    const preference = dialog.getByRole('combobox', { name: 'Preference' })
    await expect(valueOf(page, 'Preference')).toHaveText('cirros')

    await editButton(page, 'Instance type').click()
    await expect(dialog.getByRole('combobox', { name: 'Instance type' })).toHaveValue(/u1.nano/)
    await expect(save).toBeDisabled()
    await searchAndChoose(page, 'Instance type', { search: 'u1.micro', option: /^u1.micro/ })
    await expect(dialog).toContainText('kubectl patch virtualmachine typed')
    await save.click()
    await expect(dialog).toBeHidden()

    await editButton(page, 'Preference').click()
    await searchAndChoose(page, 'Preference', { search: 'ubuntu', option: /^ubuntu/ })
    await save.click()
    await expect(dialog.getByText(/insufficient Memory resources of 1Gi/)).toBeVisible()
    await expect(preference).toHaveValue('ubuntu')
    await expectAccessible(page)
    await searchAndChoose(page, 'Preference', { search: 'generic', option: /^linux(?!\.)/ })
    await save.click()
    await expect(dialog).toBeHidden()

    await expect(page.getByText('Instance type: u1.nano → u1.micro')).toBeVisible()
    await expect(page.getByText('Preference: cirros → linux')).toBeVisible()
    await page.getByRole('button', { name: 'Restart' }).click()
    await dialog.getByRole('button', { name: 'Restart' }).click()
    const instance = () =>
      cluster.get<VirtualMachineInstance>(RESOURCES.virtualMachineInstances, target)
    await expect
      .poll(async () => (await instance().catch(() => undefined))?.spec.domain.memory?.guest, {
        timeout: 60_000,
      })
      .toBe('1Gi')
    await expectStatus(cluster, target, 'Running')
    await expect(page.getByRole('heading', { name: /Restart required/ })).toBeHidden()

    await editButton(page, 'Preference').click()
    await dialog.getByRole('button', { name: 'Clear Preference' }).click()
    await save.click()
    await expect(dialog).toBeHidden()
    await expect(valueOf(page, 'Preference')).toHaveText('None')
    await expect(page.getByText('Preference: linux → None')).toBeVisible()
    const { spec } = await cluster.get<Stored>(RESOURCES.virtualMachines, target)
    expect(spec).not.toHaveProperty('preference')
    expect(spec.instancetype).toEqual({
      kind: 'VirtualMachineClusterInstancetype',
      name: 'u1.micro',
    })
  })

  test('F-74 F-38 placement is edited and explained; who may not edit is told why', async ({
    page,
    cluster,
    namespace,
    asServiceAccount,
  }) => {
    const target = { namespace, name: 'placed' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    const path = `/virtual-machines/${namespace}/placed/configuration`
    await page.goto(path)
    const dialog = page.getByRole('dialog')
    const save = async () => {
      await dialog.getByRole('button', { name: 'Save' }).click()
      await expect(dialog).toBeHidden()
    }
    await editButton(page, 'Eviction strategy').click()
    await expect(dialog.getByText(/the guest migrates and goes on running/)).toBeVisible()
    await dialog.getByRole('radio', { name: 'LiveMigrate', exact: true }).check()
    await save()
    await editButton(page, 'Tolerations').click()
    await dialog.getByRole('button', { name: 'Add toleration' }).click()
    await dialog.getByRole('textbox', { name: 'Taint 1' }).fill('example.com/gpu')
    await save()
    await editButton(page, 'Node affinity').click()
    await dialog.getByRole('button', { name: 'Add rule' }).click()
    await dialog.getByRole('textbox', { name: 'Label 1' }).fill('zone')
    await dialog.getByRole('textbox', { name: 'Values 1' }).fill('a, b')
    await expectAccessible(page)
    await save()
    const { spec } = await cluster.get<Stored>(RESOURCES.virtualMachines, target)
    expect(spec.template.spec).toMatchObject({
      evictionStrategy: 'LiveMigrate',
      tolerations: [{ key: 'example.com/gpu', operator: 'Exists' }],
    })

    const viewer = await asServiceAccount(namespace, ['view', 'kubevirt.io:view'])
    await viewer.goto(path)
    await expect(valueOf(viewer, 'Eviction strategy')).toContainText('LiveMigrate')
    await expect(editButton(viewer, 'CPU')).toHaveAttribute('aria-disabled', 'true')
    await editButton(viewer, 'CPU').hover()
    await expect(viewer.getByRole('tooltip')).toHaveText(/You have no permission/)
  })
})
