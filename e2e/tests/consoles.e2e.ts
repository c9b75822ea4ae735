import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import {
  expectConsoleState,
  logInOnSerial,
  pictureOf,
  runOnSerial,
  typeKeys,
  vncScreen,
} from '../support/consoles.ts'
import { pidOf } from '../support/kubernetes.ts'
import { expectStatus, runVirtualMachine, virtualMachine } from '../support/virtual-machine.ts'

test.describe('Consoles', () => {
  test('F-40 F-41 F-42 both consoles of a running guest, and switching between them', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'talker' }
    await runVirtualMachine(cluster, target)
    await page.goto(`/virtual-machines/${namespace}/talker/consoles`)

    await expectConsoleState(page, 'Connected')
    const screen = vncScreen(page)
    await expect.poll(async () => (await pictureOf(screen)).lit).toBeGreaterThan(100)
    await expectAccessible(page)
    const before = (await pictureOf(screen)).fingerprint
    await screen.click()
    await typeKeys(page, 'hello')
    await expect.poll(async () => (await pictureOf(screen)).fingerprint).not.toBe(before)
    await page.keyboard.press('Control+Alt+Shift')

    await page.getByRole('button', { name: /^Console type/ }).click()
    await page.getByRole('option', { name: 'Serial Console' }).click()
    await expectConsoleState(page, 'Connected')
    await logInOnSerial(page)
    await runOnSerial(page, 'echo $((6 * 7))', '42')
    await expectAccessible(page)
  })

  test('a guest and its consoles outlive the node agent, the API server and the BFF', async ({
    page,
    cluster,
    namespace,
  }) => {
    test.setTimeout(240_000)
    const target = { namespace, name: 'survivor' }
    await runVirtualMachine(cluster, target)
    const found = await cluster.get<{ status?: { nodeName?: string } }>(
      RESOURCES.virtualMachineInstances,
      target,
    )
    const node = found.status?.nodeName ?? ''

    await page.goto(`/virtual-machines/${namespace}/survivor/consoles`)
    await expectConsoleState(page, 'Connected')
    await page.getByRole('button', { name: /^Console type/ }).click()
    await page.getByRole('option', { name: 'Serial Console' }).click()
    await expectConsoleState(page, 'Connected')
    await logInOnSerial(page)
    await runOnSerial(page, 'export KEPT=still-the-same-boot; echo ready-$?', 'ready-0')

    for (const name of [node, 'api-server', 'console']) {
      const pid = pidOf(name)
      process.kill(pid, 'SIGKILL')
      await expectConsoleState(page, 'Reconnecting')
      await expectConsoleState(page, 'Connected')
      await expect.poll(() => pidOf(name)).not.toBe(pid)
      await runOnSerial(page, `echo after-${name}: $KEPT`, `after-${name}: still-the-same-boot`)
    }
    await expectStatus(cluster, target, 'Running')
  })

  test('F-40 a stopped virtual machine offers Start, and its console connects by itself', async ({
    page,
    cluster,
    namespace,
  }) => {
    const target = { namespace, name: 'sleeper' }
    await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
    await page.goto(`/virtual-machines/${namespace}/sleeper/consoles`)
    await expect(page.getByRole('heading', { name: 'sleeper is not running' })).toBeVisible()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Start', exact: true }).click()
    await expectConsoleState(page, 'Connected', { timeout: 90_000 })
  })
})
