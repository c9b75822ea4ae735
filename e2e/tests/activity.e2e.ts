import { RESOURCES } from '@virtdeck/kubernetes'
import { expect, expectAccessible, test } from '../support/test.ts'
import { virtualMachine } from '../support/virtual-machine.ts'

test('F-34 the activity of a virtual machine tells who changed what', async ({
  page,
  cluster,
  namespace,
}) => {
  const target = { namespace, name: 'web' }
  await cluster.create(RESOURCES.virtualMachines, virtualMachine(target))
  await page.goto(`/virtual-machines/${namespace}/web/activity`)
  await expect(page.getByText('The virtual machine was created')).toBeVisible()

  // Through the console: with the user's name.
  const path = `/apis/kubevirt.io/v1/namespaces/${namespace}/virtualmachines/web`
  const answer = await page.request.patch(`/api/kubernetes${path}`, {
    headers: {
      'content-type': 'application/merge-patch+json',
      origin: new URL(page.url()).origin,
    },
    data: { metadata: { labels: { tier: 'front' } } },
  })
  expect(answer.status()).toBe(200)
  const change = page.getByRole('listitem').filter({ hasText: 'metadata.labels.tier' })
  await expect(change).toContainText('admin changed the definition (with virtdeck)')

  // A request that the run strategy allows is told, too.
  const stop = path.replace('/apis/', '/apis/subresources.')
  await page.request.put(`/api/kubernetes${stop}/start`, {
    headers: { origin: new URL(page.url()).origin, accept: '*/*' },
    data: {},
  })
  await expect(page.getByText('admin asked for: start')).toBeVisible()
  await expect(page.getByText('The instance became Pending')).toBeVisible({ timeout: 30_000 })
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Migrations' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing here' })).toBeVisible()
  await page.getByRole('button', { name: 'Status' }).click()
  await expect(page.getByText('The virtual machine was created')).toBeHidden()
  await expect(page.getByText('The instance became Pending')).toBeVisible()
})
