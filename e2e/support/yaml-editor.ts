import { expect, type Locator, type Page } from '@playwright/test'

export const editorOf = (page: Page): Locator =>
  page.getByRole('textbox', { name: 'YAML to create' })

/** Puts texts into the editor, as files. */
export async function chooseFiles(page: Page, ...texts: string[]): Promise<void> {
  const files = texts.map((text, index) => ({
    name: `${index}.yaml`,
    mimeType: 'application/yaml',
    buffer: Buffer.from(text),
  }))
  await page.getByLabel('Choose files').last().setInputFiles(files)
}

/** Drags files over the text and drops them there. */
export async function dropFiles(page: Page, files: Record<string, string>): Promise<void> {
  const dataTransfer = await page.evaluateHandle((contents) => {
    const transfer = new DataTransfer()
    for (const [name, text] of Object.entries(contents)) {
      transfer.items.add(new File([text], name))
    }
    return transfer
  }, files)
  const editor = editorOf(page)
  for (const type of ['dragenter', 'dragover']) {
    await editor.dispatchEvent(type, { dataTransfer })
  }
  await expect(page.getByText('Drop the files to edit their text here')).toBeVisible()
  await editor.dispatchEvent('drop', { dataTransfer })
}

/** Goes from mark to mark with the keyboard until one says that. */
export async function expectMark(page: Page, message: RegExp): Promise<void> {
  await expect(async () => {
    await editorOf(page).focus()
    await page.keyboard.press('F8')
    await expect(page.getByText(message).first()).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.keyboard.press('Escape')
}

/** Waits until the editor proposes that at the cursor. */
export async function expectProposal(page: Page, name: RegExp): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape')
    await page.keyboard.press('Control+Space')
    const proposal = page.getByRole('option', { name }).first()
    await expect(proposal).toBeVisible({ timeout: 1_500 })
  }).toPass()
}
