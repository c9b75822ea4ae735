import { expect, type Locator, type Page } from '@playwright/test'

/** The text of each cell under its column's header. */
type Row = Record<string, string | RegExp>

async function rowsOf(table: Locator): Promise<Record<string, string>[]> {
  const headers = (await table.getByRole('columnheader').allInnerTexts()).map((text) =>
    text.trim(),
  )
  const rows = await table.getByRole('row').all()
  const found: Record<string, string>[] = []
  for (const row of rows) {
    const cells = await row.locator('th[scope="row"], td').allInnerTexts()
    if (cells.length === 0) continue
    found.push(
      Object.fromEntries(cells.map((text, index) => [headers[index] ?? index, text.trim()])),
    )
  }
  return found
}

const meets = (row: Record<string, string>, wanted: Row): boolean =>
  Object.entries(wanted).every(([header, value]) => {
    const text = row[header] ?? ''
    return value instanceof RegExp ? value.test(text) : text.split('\n')[0] === value
  })

/** Waits until a row has the given cells: `{ Name: 'vm-a', Status: 'Running' }`. */
export async function expectRowVisible(
  table: Locator,
  wanted: Row,
  options: { timeout?: number } = {},
): Promise<void> {
  let rows: Record<string, string>[] = []
  const poll = expect.poll(
    async () => {
      rows = await rowsOf(table)
      return rows.some((row) => meets(row, wanted)) ? 'found' : JSON.stringify(rows, null, 1)
    },
    { message: `a row with ${JSON.stringify(wanted)}`, ...options },
  )
  await poll.toBe('found')
}

/** Opens the ⋮ menu of the row with that name and chooses an action. */
export async function clickRowAction(page: Page, name: string, action: string): Promise<void> {
  const row = page
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) })
  await row.getByRole('button', { name: /actions/i }).click()
  await page.getByRole('menuitem', { name: action, exact: true }).click()
}
