import { RESOURCES } from '@virtdeck/kubernetes'
import { expectConsoleState, logInOnSerial, runOnSerial } from '../support/consoles.ts'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, runVirtualMachine } from '../support/virtual-machine.ts'

test('F-32 a NIC that is added to a running VM stands on top until the restart, and is up then', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  const target = { namespace, name: 'wired' }
  await cluster.create(RESOURCES.networkAttachmentDefinitions, {
    apiVersion: 'k8s.cni.cncf.io/v1',
    kind: 'NetworkAttachmentDefinition',
    metadata: { name: 'lab', namespace },
    spec: { config: '{"cniVersion":"0.3.1","type":"cnv-bridge","bridge":"br-lab"}' },
  })
  await runVirtualMachine(cluster, target)
  await page.goto(`/virtual-machines/${namespace}/wired/network-interfaces`)
  const dialog = page.getByRole('dialog')
  const table = page.getByRole('grid', { name: 'Network interfaces' })
  const firstRow = table.getByRole('row').nth(1)
  await expectRowVisible(table, { Name: 'default', 'Link state': 'Up' })
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Create NIC' }).click()
  await dialog.getByRole('textbox', { name: 'NIC name' }).fill('lab')
  await dialog.getByRole('combobox', { name: 'Network configuration' }).selectOption('lab')
  await dialog.getByRole('textbox', { name: 'MAC address' }).fill('02:00:00:00:00:zz')
  await expect(dialog.getByRole('button', { name: 'Add' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'MAC address' }).fill('02:00:00:00:aa:01')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toBeHidden()
  await expect(firstRow).toContainText('lab')
  await firstRow.getByText('Pending VM restart').hover()
  await expect(page.getByRole('tooltip')).toContainText('when the virtual machine is restarted')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Restart' }).click()
  await dialog.getByRole('button', { name: 'Restart' }).click()
  await expectRowVisible(
    table,
    { Name: 'lab', 'Link state': 'Up', 'MAC address': '02:00:00:00:aa:01' },
    { timeout: 90_000 },
  )
  await expectStatus(cluster, target, 'Running')

  const choose = async (action: string) => {
    await page.getByRole('button', { name: 'Actions on lab' }).click()
    await page.getByRole('menuitem', { name: action, exact: true }).click()
  }
  await choose('Set link down')
  await expect(page.getByText('The link of lab is set down')).toBeVisible()
  await expectRowVisible(table, { Name: 'lab', 'Link state': 'Down' }, { timeout: 30_000 })
  await page.goto(`/virtual-machines/${namespace}/wired/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
  const lab = `$(grep -l 02:00:00:00:aa:01 /sys/class/net/*/address | cut -d/ -f5)`
  await runOnSerial(
    page,
    `ip link set ${lab} up; echo carrier-$(cat /sys/class/net/${lab}/carrier)`,
    'carrier-0',
  )
  await page.goto(`/virtual-machines/${namespace}/wired/network-interfaces`)
  await choose('Set link up')
  await expect(page.getByText('The link of lab is set up')).toBeVisible()
  await expectRowVisible(table, { Name: 'lab', 'Link state': 'Up' }, { timeout: 30_000 })

  await choose('Edit')
  await dialog.getByRole('combobox', { name: 'Model' }).selectOption('e1000e')
  await expect(dialog).toContainText('takes effect after a restart')
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(firstRow).toContainText('e1000e')
  await expect(firstRow).toContainText('Pending VM restart')

  await choose('Detach')
  await expect(dialog).toContainText('until the restart')
  await dialog.getByRole('button', { name: 'Detach' }).click()
  await expect(firstRow).toContainText('lab')
  await expect(firstRow).toContainText('Pending VM restart')
})
