import { spawnSync } from 'node:child_process'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '../support/test.ts'
import { openWizard } from '../support/wizard.ts'
import type { Page } from '@playwright/test'

test.describe('F-22 images from a URL', () => {
  let server: Server
  let base: string

  test.beforeAll(async () => {
    const image = blankQcow2()
    server = createServer((request, response) => {
      if (request.url === '/disk.qcow2') response.end(image)
      else if (request.url === '/page.html') response.end('<!doctype html><title>Hi</title>')
      else response.writeHead(404).end('not here')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  test.afterAll(() => void server.close())

  test('a URL becomes the disk of a new virtual machine', async ({ page, namespace }) => {
    await createFromUrl(page, { namespace, name: 'imported', url: `${base}/disk.qcow2` })
    await page.goto(`/data-volumes?namespace=${namespace}`)
    await expect(page.getByRole('row').filter({ hasText: 'imported' })).toContainText(
      'Succeeded',
    )
  })

  for (const [what, path, message] of [
    ['that answers 404', '/missing.qcow2', 'expected status code 200, got 404'],
    ['of a page instead of an image', '/page.html', 'the source is a text, not a disk image'],
  ] as const) {
    test(`a URL ${what} is explained where the virtual machine is`, async ({
      page,
      namespace,
    }) => {
      await createFromUrl(page, { namespace, name: 'broken', url: base + path })
      await page.goto(`/virtual-machines/${namespace}/broken`)
      await expect(page.getByText(message).first()).toBeVisible({ timeout: 30_000 })
    })
  }
})

async function createFromUrl(
  page: Page,
  { namespace, name, url }: { namespace: string; name: string; url: string },
): Promise<void> {
  await openWizard(page, namespace)
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('radio', { name: 'URL' }).check()
  await page.getByRole('textbox', { name: 'Image URL' }).fill(url)
  await page
    .getByRole('combobox', { name: 'Operating system' })
    .selectOption({ label: 'Linux (sample)' })
  const next = page.getByRole('button', { name: 'Next' })
  for (let step = 0; step < 3; step += 1) await next.click()
  await page.getByRole('button', { name: 'Create virtual machine' }).click()
  await expect(
    page.getByRole('heading', { name: `Virtual machine ${name} was created` }),
  ).toBeVisible()
}

function blankQcow2(): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'virtdeck-image-'))
  const file = join(directory, 'disk.qcow2')
  try {
    const made = spawnSync('qemu-img', ['create', '-f', 'qcow2', file, '64M'])
    if (made.status !== 0) throw new Error(`qemu-img: ${made.stderr?.toString()}`)
    return readFileSync(file)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
