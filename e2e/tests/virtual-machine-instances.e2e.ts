import type { KubernetesObject } from '@virtdeck/kubernetes'
import { RESOURCES } from '@virtdeck/kubernetes'
import { expectConsoleState } from '../support/consoles.ts'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { virtualMachine } from '../support/virtual-machine.ts'

/** The guest of a virtual machine, without one. */
function instance(target: { namespace: string; name: string }): KubernetesObject {
  const { spec } = virtualMachine(target) as { spec: { template: { spec: object } } }
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachineInstance',
    metadata: target,
    spec: spec.template.spec,
  }
}

test('F-34 an instance without a virtual machine has a page and actions of its own', async ({
  page,
  cluster,
  namespace,
}) => {
  await cluster.create(
    RESOURCES.virtualMachineInstances,
    instance({ namespace, name: 'loner' }),
  )
  await page.goto(`/virtual-machine-instances?namespace=${namespace}`)
  const table = page.getByRole('grid', { name: 'VirtualMachineInstances' })
  await expectRowVisible(table, { Name: 'loner', Status: 'Running' }, { timeout: 60_000 })
  await expectAccessible(page)

  await page.getByRole('link', { name: 'loner' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'loner' })).toBeVisible()
  for (const card of ['Utilization', 'Guest agent', 'Services', 'Disks']) {
    await expect(page.getByRole('heading', { name: card, exact: true })).toBeVisible()
  }
  const screen = page.getByRole('link', { name: /Open the console/ })
  await expect(screen).toHaveAttribute('href', /virtual-machine-instances/)
  await expectAccessible(page)
  for (const [action, status] of [
    ['Pause', 'Paused'],
    ['Unpause', 'Running'],
  ] as const) {
    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: action, exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: action }).click()
    await expect(page.getByText(status, { exact: true }).first()).toBeVisible()
  }
  await page.getByRole('tab', { name: 'Consoles' }).click()
  await expectConsoleState(page, 'Connected')

  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Delete', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'loner was deleted' })).toBeVisible({
    timeout: 60_000,
  })
})
