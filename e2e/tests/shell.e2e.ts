import { dataDirectory } from '../support/kubernetes.ts'
import { expect, expectAccessible, test } from '../support/test.ts'
import { tokenOf } from '../support/virtdeck.ts'

const PAGES = [
  ['/projects', 'Projects'],
  ['/virtual-machines', 'Virtual Machines'],
  ['/pods', 'Pods'],
  ['/persistent-volume-claims', 'PersistentVolumeClaims'],
  ['/data-volumes', 'DataVolumes'],
  ['/network-attachment-definitions', 'NetworkAttachmentDefinitions'],
  ['/services', 'Services'],
  ['/nodes', 'Nodes'],
  ['/storage-classes', 'StorageClasses'],
  ['/service-accounts', 'ServiceAccounts'],
] as const

test.describe('The shell', () => {
  for (const scheme of ['light', 'dark'] as const) {
    test(`every page of the navigation opens and is accessible (${scheme})`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme: scheme })
      for (const [path, title] of PAGES) {
        await page.goto(path)
        await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
        await expect(
          page.getByRole('table').or(page.getByRole('grid')).or(page.getByText(/^No /)).first(),
        ).toBeVisible()
        await expectAccessible(page)
      }
    })
  }

  test('About names the version and leads to the licenses of what is delivered', async ({
    page,
  }) => {
    await page.goto('/projects')
    await page.getByRole('button', { name: 'Help' }).click()
    await page.getByRole('menuitem', { name: 'About' }).click()
    const dialog = page.getByRole('dialog')
    await expectAccessible(page)
    for (const [link, text] of [
      ['License of Virtdeck', 'Apache License'],
      ['Licenses of the libraries', '@devolutions/iron-remote-desktop-rdp'],
    ] as const) {
      const opened = page.waitForEvent('popup')
      await dialog.getByRole('link', { name: link }).click()
      await expect((await opened).locator('body')).toContainText(text)
    }
  })

  test('signing in with a token, a wrong one, and coming back to the page asked for', async ({
    browser,
  }) => {
    const url = process.env['VIRTDECK_URL'] ?? ''
    const context = await browser.newContext({ baseURL: url, locale: 'en-US' })
    const page = await context.newPage()
    await page.goto('/nodes')
    await page.getByRole('textbox', { name: 'Token' }).fill('nonsense')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByText('The cluster does not accept this token.')).toBeVisible()
    await expectAccessible(page)
    await page
      .getByRole('textbox', { name: 'Token' })
      .fill(await tokenOf('admin', dataDirectory()))
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Nodes' })).toBeVisible()
    await expect(page).toHaveURL(/\/nodes$/)
    await context.close()
  })

  test('speaks Japanese, and remembers it', async ({ page }) => {
    await page.goto('/virtual-machines')
    await page.getByRole('button', { name: 'Language' }).click()
    await page.getByRole('menuitem', { name: '日本語' }).click()
    await expect(page.getByRole('heading', { level: 1, name: '仮想マシン' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { level: 1, name: '仮想マシン' })).toBeVisible()
    await expectAccessible(page)
  })

  test('fits a narrow window', async ({ page }) => {
    await page.setViewportSize({ width: 768, height: 1024 })
    await page.goto('/virtual-machines')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(overflow).toBe(0)
    await expectAccessible(page)
  })
})
