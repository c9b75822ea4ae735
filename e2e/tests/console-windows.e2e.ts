import { expectConsoleState, pictureOf, vncScreen } from '../support/consoles.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine } from '../support/virtual-machine.ts'

test('F-40 F-41 consoles of two guests beside each other, and one in its own window', async ({
  page,
  cluster,
  namespace,
  asUser,
}) => {
  test.setTimeout(240_000)
  await Promise.all(
    ['left', 'right'].map((name) => runVirtualMachine(cluster, { namespace, name })),
  )
  await page.goto(`/virtual-machines/${namespace}/left/consoles`)
  await expectConsoleState(page, 'Connected')

  await test.step('the console moves to its own window', async () => {
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Open in its own window' }).click()
    const own = await opened
    await expectConsoleState(own, 'Connected')
    await expect.poll(async () => (await pictureOf(vncScreen(own))).lit).toBeGreaterThan(100)
    await expect(own).toHaveTitle(`Consoles of left in ${namespace}`)
    await expectAccessible(own)
    await expectConsoleState(page, 'Disconnected')
    await own.close()
  })

  await test.step('F-40 a console that nobody uses is closed after the time that is allowed', async () => {
    const idle = await asUser('admin')
    await idle.route('/api/session', async (route) => {
      const answer = await route.fetch()
      const session = (await answer.json()) as object
      await route.fulfill({ response: answer, json: { ...session, consoleIdleMinutes: 5 } })
    })
    await idle.clock.install()
    await idle.goto(`/virtual-machines/${namespace}/left/consoles`)
    await expectConsoleState(idle, 'Connected')
    await idle.clock.fastForward('05:30')
    await expect(
      idle.getByRole('heading', { name: 'Disconnected because nobody used it' }),
    ).toBeVisible()
    await idle.getByRole('button', { name: 'Connect', exact: true }).click()
    await expectConsoleState(idle, 'Connected')
    // Nor does one stay open behind another tab.
    await idle.getByRole('tab', { name: 'Overview' }).click()
    await idle.clock.fastForward('05:30')
    await idle.getByRole('tab', { name: 'Consoles' }).click()
    await expect(
      idle.getByRole('heading', { name: 'Disconnected because nobody used it' }),
    ).toBeVisible()
    await idle.close()
  })

  await test.step('another VM is added beside it; both are alive at once', async () => {
    await page.getByRole('button', { name: 'Side by side with others' }).click()
    await expect(page.getByRole('heading', { name: 'Consoles side by side' })).toBeVisible()
    await page.getByRole('button', { name: 'Add virtual machine' }).click()
    await page.getByRole('textbox', { name: 'Name of a virtual machine' }).fill('right')
    await page.getByRole('menuitem', { name: new RegExp(`right.*${namespace}`) }).click()
    await expect(page).toHaveURL(new RegExp(`left.*right`))
    for (const name of ['left', 'right']) {
      const screen = page.getByLabel(`VNC console of ${name}.`)
      await expect
        .poll(async () => (await pictureOf(screen)).lit, { timeout: 60_000 })
        .toBeGreaterThan(100)
    }
    await expectAccessible(page)
    await page.reload()
    await expect(page.getByLabel('VNC console of right.')).toBeVisible({ timeout: 60_000 })
    await page.getByRole('button', { name: 'Remove left' }).click()
    await expect(page.getByLabel('VNC console of left.')).toBeHidden()
    await page.getByRole('button', { name: 'Remove right' }).click()
    await expect(page.getByRole('heading', { name: 'No console chosen' })).toBeVisible()
    await expectAccessible(page)
  })
})
