import { randomBytes } from 'node:crypto'
import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { RESOURCES, type KubernetesClient } from '@virtdeck/kubernetes'
import { clusterClient, dataDirectory } from './kubernetes.ts'
import { makeServiceAccount } from './service-account.ts'
import { tokenOf } from './virtdeck.ts'

type User = 'admin' | 'developer'

interface Fixtures {
  /** Opens a page in a browser context of its own, signed in with a token. */
  openPage: (token: string) => Promise<Page>
  /** A page signed in as the administrator. */
  page: Page
  /** Opens another signed-in page in a browser context of its own. */
  asUser: (user: User) => Promise<Page>
  /** A page of a new service account that has the given cluster roles in one namespace. */
  asServiceAccount: (namespace: string, clusterRoles: string[]) => Promise<Page>
  /** The cluster behind the console, as the administrator. */
  cluster: KubernetesClient
  /** A namespace for this test alone; deleted with all that is in it. */
  namespace: string
}

const url = (): string => process.env['VIRTDECK_URL'] ?? ''

export const test = base.extend<Fixtures>({
  baseURL: async ({}, use) => use(url()),
  page: async ({ page }, use) => {
    await signInWith(page, await tokenOf('admin', dataDirectory()))
    await use(page)
  },
  openPage: async ({ browser }, use) => {
    const pages: Page[] = []
    await use(async (token) => {
      const context = await browser.newContext({ baseURL: url(), locale: 'en-US' })
      const page = await context.newPage()
      pages.push(page)
      await signInWith(page, token)
      return page
    })
    await Promise.all(pages.map((page) => page.context().close()))
  },
  asUser: async ({ openPage }, use) => {
    await use(async (user) => openPage(await tokenOf(user, dataDirectory())))
  },
  asServiceAccount: async ({ openPage, cluster }, use) => {
    await use(async (namespace, clusterRoles) =>
      openPage(await makeServiceAccount(cluster, namespace, clusterRoles)),
    )
  },
  cluster: async ({}, use) => use(await clusterClient()),
  namespace: async ({ cluster }, use) => {
    const name = `e2e-${randomBytes(4).toString('hex')}`
    await cluster.create(RESOURCES.namespaces, { metadata: { name } })
    await use(name)
    await cluster.delete(RESOURCES.namespaces, { name })
  },
})

export { expect }

/** Signs in by token; the session cookie stays with the page's context. */
export async function signInWith(page: Page, token: string, origin = url()): Promise<void> {
  const answer = await page.request.post(`${origin}/api/session`, {
    data: { token },
    headers: { origin },
  })
  expect(answer.status(), await answer.text()).toBe(200)
}

/** No violation of WCAG 2.2 AA on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`,
  )
  expect(found).toEqual([])
}
