import { readFile } from 'node:fs/promises'
import { RESOURCES } from '@virtdeck/kubernetes'
import { expectConsoleState, logInOnSerial, runOnSerial } from '../support/consoles.ts'
import { expectState } from '../support/terminal.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine, virtualMachine } from '../support/virtual-machine.ts'

const LINES = 3000

test('F-90 the log of a guest is followed, searched and downloaded', async ({
  page,
  cluster,
  namespace,
}) => {
  await runVirtualMachine(cluster, { namespace, name: 'talker' })
  await page.goto(`/virtual-machines/${namespace}/talker/logs`)
  await expectState(page, 'Following')
  await page.getByLabel('Container', { exact: true }).selectOption('guest-console-log')
  const log = page.getByRole('log')
  await expect(log).toContainText('Tiny Linux')

  const consoles = await page.context().newPage()
  await consoles.goto(`/virtual-machines/${namespace}/talker/consoles`)
  await consoles.getByRole('button', { name: /^Console type/ }).click()
  await consoles.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(consoles, 'Connected')
  await logInOnSerial(consoles)
  const command = `i=0; while [ $i -lt ${LINES} ]; do i=$((i+1)); echo counted-$i; done; echo all-$?`
  await runOnSerial(consoles, command, 'all-0')

  // The end is in sight by itself, and nothing before it is missing.
  await expect(log).toContainText(`counted-${LINES}`)
  await page.getByLabel('Search in the log').first().fill('counted-')
  await expect(page.getByText(`${LINES + 1} results`, { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Previous match' }).click()
  await expect(page.getByText(`${LINES + 1} / ${LINES + 1} results`)).toBeVisible()
  await expectState(page, 'Paused')
  await page.getByRole('checkbox', { name: 'Timestamps' }).check()
  await expect(log).toContainText(/\d{4}-\d\d-\d\dT\d\d:\d\d/)
  await page.getByRole('checkbox', { name: 'Wrap lines' }).uncheck()
  await expectAccessible(page)
  // Only what can be seen is on the page.
  expect(await log.locator('mark').count()).toBeLessThan(200)

  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download' }).click()
  const text = await readFile(await (await downloading).path(), 'utf8')
  expect(text.match(/counted-\d+\r?$/gm)).toHaveLength(LINES)

  await page.getByRole('button', { name: 'Previous', exact: true }).click()
  await expect(page.getByText('There is no previous log')).toBeVisible()
})

test('F-90 an image that cannot be pulled is explained', async ({
  page,
  cluster,
  namespace,
}) => {
  const image = 'registry.invalid/nothing:1'
  await cluster.create(
    RESOURCES.virtualMachines,
    virtualMachine({ namespace, name: 'empty', runStrategy: 'Always', image }),
  )
  await page.goto(`/virtual-machines/${namespace}/empty/logs`)
  await expect(page.getByText(`The image ${image} could not be pulled`)).toBeVisible({
    timeout: 30_000,
  })
  // Once is enough.
  await expect(page.getByText('waiting to start')).toBeHidden()
  await expectAccessible(page)
})
