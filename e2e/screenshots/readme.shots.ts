import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { RESOURCES } from '@virtdeck/kubernetes'
import { expectConsoleState, expectSerialText, logInOnSerial } from '../support/consoles.ts'
import { test } from '../support/test.ts'
import { expectStatus, virtualMachine } from '../support/virtual-machine.ts'
import { ROOT } from '../support/virtdeck.ts'

const PROJECTS = ['shop', 'analytics']

const MACHINES: readonly [name: string, namespace: string, runs: boolean, image?: string][] = [
  ['web-1', 'shop', true],
  ['web-2', 'shop', true],
  ['orders', 'shop', false],
  ['payments', 'shop', true, 'registry.invalid/payments:2'],
  ['reports', 'analytics', true],
  ['notebook', 'analytics', false],
]

const take = (page: Page, name: string) =>
  page.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`) })

test('the pictures of the README', async ({ page, cluster }) => {
  for (const name of PROJECTS) {
    await cluster.create(RESOURCES.namespaces, { metadata: { name } })
  }
  for (const [name, namespace, runs, image] of MACHINES) {
    const runStrategy = runs ? 'Always' : 'Halted'
    const machine = virtualMachine({ name, namespace, runStrategy, ...(image && { image }) })
    await cluster.create(RESOURCES.virtualMachines, machine)
  }
  for (const [name, namespace, runs, image] of MACHINES) {
    if (runs && !image) await expectStatus(cluster, { name, namespace }, 'Running')
  }
  await page.goto('/virtual-machines')
  await page.getByText('Image pull back-off').waitFor()
  await take(page, 'virtual-machines')

  await page.goto('/virtual-machines/shop/web-1/consoles')
  await expectConsoleState(page, 'Connected')
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
  await page.keyboard.type('uname -sr; free -m; ip -4 -o address\n')
  await expectSerialText(page, /eth0/)
  await take(page, 'console')
})
