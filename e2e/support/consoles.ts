import { expect, type Locator, type Page } from '@playwright/test'

/** The state that the console page shows: Connecting, Connected, … */
export async function expectConsoleState(
  page: Page,
  state: string,
  options: { timeout?: number } = {},
): Promise<void> {
  const status = page.getByRole('status').filter({ hasText: state })
  await expect(status.first()).toBeVisible({ timeout: 60_000, ...options })
}

export const vncScreen = (page: Page): Locator => page.getByLabel(/^VNC console of/)

/** How many pixels of the guest's picture are lit, and a fingerprint of all of them. */
export async function pictureOf(
  screen: Locator,
): Promise<{ lit: number; fingerprint: string }> {
  return screen.evaluate(async (element) => {
    const canvas =
      element instanceof HTMLCanvasElement ? element : element.querySelector('canvas')
    const context = canvas?.getContext('2d')
    if (!canvas || !context || canvas.width === 0) return { lit: 0, fingerprint: '' }
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
    let lit = 0
    for (let index = 0; index < data.length; index += 4) {
      if ((data[index] ?? 0) + (data[index + 1] ?? 0) + (data[index + 2] ?? 0) > 96) lit += 1
    }
    const digest = await crypto.subtle.digest('SHA-256', data)
    return { lit, fingerprint: Array.from(new Uint8Array(digest)).join('.') }
  })
}

/** Types text into the guest key by key, with Shift held where it is needed. */
export async function typeKeys(page: Page, text: string): Promise<void> {
  for (const character of text) {
    const isUpper = /[A-Z]/.test(character)
    await page.keyboard.press(isUpper ? `Shift+${character}` : character)
  }
}

/**
 * The terminal's text as it is on screen. xterm draws it into rows that have no role of
 * their own, so this is the one place that knows its class name.
 */
export async function serialText(page: Page): Promise<string> {
  const rows = await page.locator('.xterm-rows > div').allInnerTexts()
  return rows.map((row) => row.replaceAll('\u00a0', ' ').trimEnd()).join('\n')
}

/** Waits until the terminal shows a text. */
export async function expectSerialText(
  page: Page,
  text: string | RegExp,
  options: { timeout?: number } = {},
): Promise<void> {
  const poll = expect.poll(() => serialText(page), { timeout: 60_000, ...options })
  await (typeof text === 'string' ? poll.toContain(text) : poll.toMatch(text))
}

/**
 * Logs in at the sample guest's serial console, wherever it is by now. The guest drops keys
 * that arrive while it draws its prompt, so whatever came of an attempt, the next one goes on.
 */
export async function logInOnSerial(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: /^Serial console of/ }).focus()
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expectSerialText(page, /(?:login:|#) *$/, { timeout: 5_000 })
    if (/login: *$/.test(await serialText(page))) await page.keyboard.type('root\n')
    await expectSerialText(page, /# *$/, { timeout: 5_000 })
  }).toPass({ timeout: 90_000 })
}

/** Opens the serial console of a VM and logs in. */
export async function openSerialConsole(
  page: Page,
  { namespace, name }: { namespace: string; name: string },
): Promise<void> {
  await page.goto(`/virtual-machines/${namespace}/${name}/consoles`)
  await page.getByRole('button', { name: /^Console type/ }).click()
  await page.getByRole('option', { name: 'Serial Console' }).click()
  await expectConsoleState(page, 'Connected', { timeout: 90_000 })
  await logInOnSerial(page)
}

/** Runs a command on the serial console and waits for its output. */
export async function runOnSerial(page: Page, command: string, output: string): Promise<void> {
  await page.getByRole('textbox', { name: /^Serial console of/ }).focus()
  await page.keyboard.type(`${command}\n`)
  await expectSerialText(page, output)
}
