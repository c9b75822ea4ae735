import { RESOURCES } from '@virtdeck/kubernetes'
import { expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { expectStatus, runVirtualMachine, virtualMachine } from '../support/virtual-machine.ts'

interface InstanceStatus {
  status?: {
    interfaces?: { ipAddresses?: string[] }[]
    conditions?: { type: string; status: string }[]
  }
}

test.describe('Overview', () => {
  test('F-37 F-53 a running guest tells what it is, what it uses and where it is reached', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'told' }
    await cluster.create(RESOURCES.services, {
      metadata: { name: 'told-ssh', namespace },
      spec: { selector: { 'vm.kubevirt.io/name': 'told' }, ports: [{ port: 22 }] },
    })
    await runVirtualMachine(cluster, target)
    await page.goto(`/virtual-machines/${namespace}/told`)

    const agent = page.getByRole('term').filter({ hasText: 'Host name' })
    await expect(agent).toBeVisible({ timeout: 90_000 })
    await expect(page.getByRole('definition').filter({ hasText: /^UTC/ })).toBeVisible()
    await expect(page.getByRole('term').filter({ hasText: 'Active users' })).toBeVisible()
    await expect(page.getByText('The guest agent answers', { exact: true })).toBeVisible()

    const instance = await cluster.get<InstanceStatus>(
      RESOURCES.virtualMachineInstances,
      target,
    )
    const addresses = instance.status?.interfaces?.[0]?.ipAddresses ?? []
    expect(addresses.length).toBeGreaterThan(0)
    const networks = page.getByRole('grid', { name: 'Network interfaces' })
    for (const address of addresses) {
      await expect(networks).toContainText(address)
      await expect(networks.getByRole('button', { name: `Copy ${address}` })).toBeVisible()
    }

    await expectRowVisible(page.getByRole('grid', { name: 'Services' }), { Name: 'told-ssh' })
    for (const name of ['CPU', 'Memory', 'Storage', 'Network']) {
      await expect(page.getByRole('img', { name, exact: true })).toBeVisible({
        timeout: 45_000,
      })
    }
    await expect(page.getByText('Collected since')).toBeVisible()
    await page.getByRole('button', { name: '24 h', exact: true }).click()
    await expect(page.getByRole('img', { name: 'Memory', exact: true })).toBeVisible()

    const picture = page.getByRole('img', { name: 'Screen of told' })
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(100)
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Actions', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Pause', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
    await expectStatus(cluster, target, 'Paused')
    await page.reload()
    await expect(page.getByText('The guest is paused. Its agent answers again')).toBeVisible()

    await page.getByRole('link', { name: 'Open the console' }).click()
    await expect(page).toHaveURL(/consoles$/)
  })

  test('F-37 a machine that is stopped says what appears when it runs', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'quiet' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines/${namespace}/quiet`)
    await expect(page.getByText('The guest agent answers while')).toBeVisible()
    await expect(page.getByText('Figures appear while')).toBeVisible()
    await expect(page.getByText('There are no snapshots')).toBeVisible()
    await expectAccessible(page)
  })
})
