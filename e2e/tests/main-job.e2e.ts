import { RESOURCES } from '@virtdeck/kubernetes'
import {
  expectConsoleState,
  logInOnSerial,
  pictureOf,
  runOnSerial,
  typeKeys,
  vncScreen,
} from '../support/consoles.ts'
import { clickRowAction, expectRowVisible } from '../support/table.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { SAMPLE_IMAGE, virtualMachine } from '../support/virtual-machine.ts'
import { fillGeneralStep, openWizard } from '../support/wizard.ts'

test('F-10 to F-14 F-34 F-40 a virtual machine from the wizard to its consoles and its end', async ({
  page,
  namespace,
}) => {
  test.setTimeout(300_000)
  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await page.getByRole('button', { name: 'Create' }).first().click()
  await page.getByRole('menuitem', { name: /^With wizard/ }).click()

  await fillGeneralStep(page, {
    name: 'first',
    image: SAMPLE_IMAGE,
    operatingSystem: 'Linux (sample)',
  })
  await page.getByRole('checkbox', { name: 'Start virtual machine on creation' }).check()
  await expectAccessible(page)
  const next = page.getByRole('button', { name: 'Next' })
  await next.click()
  await expect(page.getByText('Masquerade', { exact: false }).first()).toBeVisible()
  await expectAccessible(page)
  await next.click()
  await expect(page.getByText('rootdisk').first()).toBeVisible()
  await expectAccessible(page)
  await next.click()
  await expect(page.getByText(SAMPLE_IMAGE).first()).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(
    page.getByRole('heading', { name: 'Virtual machine first was created' }),
  ).toBeVisible()
  await expectAccessible(page)

  await page.goto(`/virtual-machines?namespace=${namespace}`)
  const table = page.getByRole('grid', { name: 'Virtual Machines' })
  await expectRowVisible(
    table,
    { Name: 'first', Status: 'Running', Node: /^node0[12]$/ },
    { timeout: 120_000 },
  )

  await page.getByRole('link', { name: 'first', exact: true }).click()
  await page.getByRole('tab', { name: 'Consoles' }).click()
  await expectConsoleState(page, 'Connected')
  const screen = vncScreen(page)
  await expect
    .poll(async () => (await pictureOf(screen)).lit, { timeout: 60_000 })
    .toBeGreaterThan(500)
  await screen.click()
  await expect(async () => {
    const before = await pictureOf(screen)
    await typeKeys(page, 'Hi')
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => (await pictureOf(screen)).fingerprint)
      .not.toBe(before.fingerprint)
  }).toPass({ timeout: 60_000 })

  await page.keyboard.press('Control+Alt+Shift')
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
  await logInOnSerial(page)
  await runOnSerial(page, 'echo sum=$((6 * 7)) on $(uname -s)', 'sum=42 on Linux')

  await page.getByRole('button', { name: 'Actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Stop', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await page.goto(`/virtual-machines?namespace=${namespace}`)
  await expectRowVisible(table, { Name: 'first', Status: 'Stopped' }, { timeout: 90_000 })

  await clickRowAction(page, 'first', 'Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { name: 'No virtual machines yet' })).toBeVisible()
})

test.describe('F-10 the wizard and bad input', () => {
  test('names with capitals, too long or taken are refused as they are typed', async ({
    page,
    cluster,
    namespace,
  }) => {
    await cluster.create(
      RESOURCES.virtualMachines,
      virtualMachine({ name: 'taken', namespace }),
    )
    await openWizard(page, namespace)
    await fillGeneralStep(page, { name: 'fine', image: SAMPLE_IMAGE })
    const name = page.getByRole('textbox', { name: 'Name', exact: true })
    const next = page.getByRole('button', { name: 'Next' })
    await expect(next).toBeEnabled()
    for (const [bad, message] of [
      ['Capital', 'No capital letters'],
      ['a'.repeat(254), 'At most 253 characters; these are 254.'],
      ['with_underscore', /digits and hyphens.* not _/],
      ['-edge', 'The first and the last character must be a letter or digit.'],
      ['taken', `Project ${namespace} has a virtual machine taken already.`],
    ] as const) {
      await name.fill(bad)
      await name.blur()
      await expect(page.getByText(message).first()).toBeVisible()
      await expect(next).toBeDisabled()
    }
    await name.fill('fine')
    await expect(next).toBeEnabled()
  })

  test('memory of 0 or "lots" is refused, and nothing typed is lost', async ({
    page,
    namespace,
  }) => {
    await openWizard(page, namespace)
    await fillGeneralStep(page, { name: 'greedy', image: SAMPLE_IMAGE })
    await page.getByRole('combobox', { name: 'Flavor' }).selectOption('custom')
    const memory = page.getByRole('textbox', { name: 'Memory', exact: true })
    const next = page.getByRole('button', { name: 'Next' })
    for (const bad of ['0', 'lots']) {
      await memory.fill(bad)
      await memory.blur()
      await expect(next).toBeDisabled()
      await expect(memory).toHaveAttribute('aria-invalid', 'true')
    }
    await memory.fill('128')
    await expect(next).toBeEnabled()
    await page.reload()
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('greedy')
    await expect(memory).toHaveValue('128')
  })
})
