import { readFileSync } from 'node:fs'
import type { Download, Page } from '@playwright/test'
import {
  expectConsoleState,
  expectSerialText,
  logInOnSerial,
  pictureOf,
  runOnSerial,
  serialText,
  vncScreen,
} from '../support/consoles.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { runVirtualMachine } from '../support/virtual-machine.ts'

async function contentOf(download: Promise<Download>): Promise<Buffer> {
  const path = await (await download).path()
  return readFileSync(path)
}

async function chooseFrom(page: Page, menu: string | RegExp, item: string | RegExp) {
  await page.getByRole('button', { name: menu, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function openSerial(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected')
}

/** Puts a text into the guest as somebody would who pastes it. */
async function typeIntoGuest(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste text' }).click()
  const dialog = page.getByRole('dialog', { name: 'Type text into the guest' })
  await dialog.getByRole('textbox', { name: 'Text' }).fill(text)
  await dialog.getByRole('button', { name: 'Type it' }).click()
  await expect(dialog).toBeHidden({ timeout: 30_000 })
}

test('F-41 F-42 what consoles can do beside showing the guest', async ({
  page,
  cluster,
  namespace,
}) => {
  test.setTimeout(240_000)
  await runVirtualMachine(cluster, { namespace, name: 'tooled' })
  await page.goto(`/virtual-machines/${namespace}/tooled/consoles`)
  await expectConsoleState(page, 'Connected')
  const screen = vncScreen(page)
  const fingerprint = async () => (await pictureOf(screen)).fingerprint
  await expect.poll(async () => (await pictureOf(screen)).lit).toBeGreaterThan(100)

  await test.step('the serial console waits for what is typed at the screen', async () => {
    await openSerial(page)
    await logInOnSerial(page)
    await page.getByRole('button', { name: /^Console type/ }).click()
    await page.getByRole('option', { name: 'VNC Console' }).click()
    await expectConsoleState(page, 'Connected')
  })

  await test.step('F-41 a text is typed as keystrokes; what the layout lacks is named', async () => {
    await page.getByRole('button', { name: 'Paste text' }).click()
    const dialog = page.getByRole('dialog', { name: 'Type text into the guest' })
    await dialog.getByRole('textbox', { name: 'Text' }).fill('ñandú')
    await expect(dialog.getByText('does not have it: ñ ú')).toBeVisible()
    await dialog.getByRole('combobox', { name: /layout/ }).selectOption('es')
    await expect(dialog.getByText('does not have it')).toBeHidden()
    await dialog.getByRole('combobox', { name: /layout/ }).selectOption('us')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await typeIntoGuest(page, 'root\n')
    await typeIntoGuest(page, 'echo "Typed: {$((6*7))} ~|<>@#" > /dev/ttyS0\n')
  })

  await test.step('F-41 the screen is saved as a picture', async () => {
    const download = page.waitForEvent('download')
    await chooseFrom(page, 'Screenshot and clipboard', 'Save screenshot')
    expect((await contentOf(download)).subarray(1, 4).toString()).toBe('PNG')
  })

  await test.step('F-41 scaling and picture are remembered; view only keeps keys here', async () => {
    await chooseFrom(page, 'View', 'Original size')
    await chooseFrom(page, 'View', /^Best/)
    await chooseFrom(page, 'View', 'View only')
    await expect(page.getByRole('button', { name: 'Send key' })).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Paste text' })).toBeDisabled()
    await chooseFrom(page, 'View', 'View only')
    await page.getByRole('button', { name: 'View', exact: true }).click()
    await expect(page.getByRole('menuitem', { name: 'Original size' })).toHaveClass(/selected/)
    await page.getByRole('menuitem', { name: 'Fit into the window' }).click()
  })

  await test.step('F-41 the on-screen keyboard types, its modifiers hold for one key', async () => {
    await chooseFrom(page, 'View', 'On-screen keyboard')
    const keyboard = page.getByRole('group', { name: 'On-screen keyboard' })
    const before = await fingerprint()
    await keyboard.getByRole('button', { name: 'Shift' }).click()
    await keyboard.getByRole('button', { name: 'W', exact: true }).click()
    await expect(keyboard.getByRole('button', { name: 'w', exact: true })).toBeVisible()
    await expect.poll(fingerprint).not.toBe(before)
    await expectAccessible(page)
    await chooseFrom(page, 'View', 'On-screen keyboard')
    await expect(keyboard).toBeHidden()
  })

  await test.step('F-42 serial: found, recorded, saved', async () => {
    await openSerial(page)
    await expectSerialText(page, 'Typed: {42} ~|<>@#')
    await chooseFrom(page, 'Terminal', /^Record the session/)
    await runOnSerial(page, 'echo recorded-$((1 + 1))', 'recorded-2')
    const recording = page.waitForEvent('download')
    await chooseFrom(page, 'Terminal', /^End and save the recording/)
    const [header, ...events] = (await contentOf(recording)).toString().trim().split('\n')
    expect(JSON.parse(header ?? '')).toMatchObject({ version: 2 })
    // The guest may say it in pieces.
    const said = events.map((event) => (JSON.parse(event) as [number, string, string])[2])
    expect(said.join('')).toContain('recorded-2')

    await page.getByRole('button', { name: 'Find in the terminal' }).click()
    await page.getByRole('textbox', { name: 'Find in the terminal' }).fill('not-there-at-all')
    await expect(page.getByText('Not found')).toBeVisible()
    await page.getByRole('textbox', { name: 'Find in the terminal' }).fill('recorded-2')
    await expect(page.getByText('Not found')).toBeHidden()
    await expectAccessible(page)
    await page.keyboard.press('Escape')

    const saved = page.waitForEvent('download')
    await chooseFrom(page, 'Terminal', 'Save as text')
    expect((await contentOf(saved)).toString()).toContain('recorded-2\n')
  })

  await test.step('F-42 several pasted lines are shown before a shell runs them', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const text = 'echo one-$((0 + 1))\necho two-$((1 + 1))\n'
    await page.evaluate((value) => navigator.clipboard.writeText(value), text)
    await page.getByRole('textbox', { name: /^Serial console of/ }).focus()
    await page.keyboard.press('Control+Shift+V')
    const dialog = page.getByRole('dialog', { name: 'Paste 2 lines?' })
    await expect(dialog).toBeVisible()
    expect(await serialText(page)).not.toContain('one-')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Paste' }).click()
    await expectSerialText(page, 'two-2')
    await expectSerialText(page, 'one-1')
  })
})
