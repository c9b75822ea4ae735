import { expect, type Page } from '@playwright/test'
import { expectSerialText } from './consoles.ts'

/** Types a command into a container's terminal and waits for what it prints. */
export async function runInTerminal(
  page: Page,
  command: string,
  output: string | RegExp,
): Promise<void> {
  await page.getByRole('textbox', { name: /^Terminal in/ }).focus()
  await page.keyboard.type(`${command}\n`)
  await expectSerialText(page, output)
}

/** The state that a terminal or log shows. */
export async function expectState(page: Page, state: string): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: state }).first()).toBeVisible({
    timeout: 30_000,
  })
}
