import type { Page } from '@playwright/test'
import { RESOURCES } from '@virtdeck/kubernetes'
import { serialText } from '../support/consoles.ts'
import { expectRowVisible } from '../support/table.ts'
import { pidOf } from '../support/kubernetes.ts'
import { expectState, runInTerminal } from '../support/terminal.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine } from '../support/virtual-machine.ts'

test('F-44 the page of a launcher pod: details, terminal and events', async ({
  page,
  cluster,
  namespace,
  asServiceAccount,
}) => {
  await runVirtualMachine(cluster, { namespace, name: 'talker' })
  const [pod] = (await cluster.list(RESOURCES.pods, { namespace })).items
  const name = pod?.metadata?.name ?? ''

  await page.goto(`/pods?namespace=${namespace}`)
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expectRowVisible(page.getByRole('grid', { name: 'Containers' }), {
    Name: 'compute',
    Status: 'Running',
  })
  await expectAccessible(page)

  await page.getByRole('tab', { name: 'Terminal' }).click()
  await expectState(page, 'Connected')
  await runInTerminal(page, 'echo $((6 * 7))', /^42$/m)
  const wide = await columnsOf(page)
  await page.setViewportSize({ width: 700, height: 700 })
  await expect(async () => expect(await columnsOf(page)).toBeLessThan(wide)).toPass()
  await page.setViewportSize({ width: 1440, height: 900 })
  await expectAccessible(page)

  // Another tab of the page does not end the shell.
  await page.getByRole('tab', { name: 'Events' }).click()
  await expectRowVisible(page.getByRole('grid', { name: 'Events' }), { Reason: /.+/ })
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Terminal' }).click()
  await runInTerminal(page, 'clear; exit 3', '')
  await expect(page.getByText('The shell has ended with exit code 3')).toBeVisible()
  await page.getByRole('button', { name: 'New shell' }).click()
  await expectState(page, 'Connected')

  // A shell that is lost is replaced by itself.
  process.kill(pidOf('console'), 'SIGKILL')
  await expect(page.getByText('The connection was lost, and the shell with it')).toBeVisible()
  await expectState(page, 'Connected')
  await runInTerminal(page, 'clear; echo again $((6 * 7))', /^again 42$/m)

  await page.getByLabel('Shell').selectOption('sh')
  await page.getByLabel('Container', { exact: true }).selectOption('guest-console-log')
  await expectState(page, 'Connected')

  const viewer = await asServiceAccount(namespace, ['view'])
  await viewer.goto(`/pods/${namespace}/${name}/terminal`)
  await expect(viewer.getByText('You may not run commands in this pod')).toBeVisible()
})

/** How wide the shell thinks its terminal is. */
async function columnsOf(page: Page): Promise<number> {
  await runInTerminal(page, 'clear; echo "=$(stty size)="', /^=\d+ \d+=/m)
  return Number(/^=\d+ (\d+)=/m.exec(await serialText(page))?.[1])
}
