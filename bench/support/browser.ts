import { chromium, type Browser, type Page } from '@playwright/test'
import { tokenOf } from '../../e2e/support/virtdeck.ts'

/** The Chromium of the end-to-end tests. */
export const launchBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      ...args,
    ],
  })

/** A page of an own context, signed in as admin. */
export async function openPage(
  browser: Browser,
  { url, dataDirectory }: { url: string; dataDirectory: string },
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1440, height: 900 },
  })
  const token = await tokenOf('admin', dataDirectory)
  await context.request.post(`${url}/api/session`, {
    data: { token },
    headers: { origin: url },
  })
  return context.newPage()
}
